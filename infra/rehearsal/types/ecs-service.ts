import { setTimeout as sleep } from 'node:timers/promises';
import { type CreateServiceRequest, ECS, type UpdateServiceRequest } from '@aws-sdk/client-ecs';
import { z } from 'zod';
import { ecsTags, lowerFirst, retagEcs } from '../ecs-names.ts';
import { type Context, defineResourceType, given, type Made, passedOn } from '../resource-type.ts';
import { tags } from '../tags.ts';

const properties = z.strictObject({
  ServiceName: z.string().optional(),
  Cluster: z.string(),
  TaskDefinition: z.string(),
  DesiredCount: z.number().optional(),
  LaunchType: z.string().optional(),
  PlatformVersion: z.string().optional(),
  LoadBalancers: passedOn<object[]>().optional(),
  NetworkConfiguration: passedOn<object>().optional(),
  DeploymentConfiguration: passedOn<object>().optional(),
  DeploymentController: passedOn<object>().optional(),
  HealthCheckGracePeriodSeconds: z.number().optional(),
  EnableECSManagedTags: z.boolean().optional(),
  EnableExecuteCommand: z.boolean().optional(),
  PropagateTags: z.string().optional(),
  AvailabilityZoneRebalancing: z.string().optional(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

/** One call for all that can change in place; what the template leaves open (the number of tasks) stays as it is. */
async function update({ id }: Made, p: Properties, context: Context): Promise<void> {
  await context
    .client(ECS)
    .updateService({ ...(lowerFirst(p) as UpdateServiceRequest), cluster: p.Cluster, service: id });
  await stable(id, p, context);
}

/** How long a deployment may take; in AWS, where everything is slower, CloudFormation waits for three hours. */
const patience = 180_000;

/**
 * Waits until the service's deployment is over, as CloudFormation does; where nothing really runs, not at all.
 *
 * @throws Error in CloudFormation's words where the circuit breaker opened, or where it takes too long
 */
async function stable(
  service: string,
  { Cluster, TaskDefinition }: Properties,
  { client, live }: Context,
): Promise<void> {
  if (!live) return;
  const until = Date.now() + patience;
  for (;;) {
    const { services: [found] = [] } = await client(ECS).describeServices({ cluster: Cluster, services: [service] });
    if (!found) throw new Error(`サービス ${service} がありません。`);
    const { deployments = [], events: [last] = [] } = found;
    const primary = deployments.find(({ status }) => status === 'PRIMARY');
    // After a roll-back it is an older revision.
    if (primary?.rolloutState === 'FAILED' || primary?.taskDefinition !== TaskDefinition) {
      throw new Error(
        'Resource handler returned message: "Error occurred during operation \'ECS Deployment Circuit Breaker was triggered\'."',
      );
    }
    if (primary.rolloutState === 'COMPLETED') return;
    if (Date.now() > until) {
      throw new Error(
        `Exceeded attempts to wait: サービスが安定しませんでした。最後の出来事: ${last?.message ?? 'なし'}`,
      );
    }
    await sleep(500);
  }
}

export default defineResourceType<Properties>({
  type: 'AWS::ECS::Service',
  properties,
  replacedBy: ['ServiceName', 'Cluster', 'LaunchType', 'DeploymentController'],
  updates: {
    TaskDefinition: update,
    DesiredCount: update,
    PlatformVersion: update,
    LoadBalancers: update,
    NetworkConfiguration: update,
    DeploymentConfiguration: update,
    HealthCheckGracePeriodSeconds: update,
    EnableECSManagedTags: update,
    EnableExecuteCommand: update,
    PropagateTags: update,
    AvailabilityZoneRebalancing: update,
    Tags: retagEcs,
  },
  create: async ({ Tags, ServiceName, ...p }, context) => {
    const { service } = await context.client(ECS).createService({
      ...(lowerFirst(p) as Omit<CreateServiceRequest, 'serviceName'>),
      serviceName: ServiceName ?? context.generatedName(255),
      desiredCount: p.DesiredCount ?? 1,
      tags: ecsTags(Tags, context),
    });
    return {
      id: given(service?.serviceArn),
      attributes: { Name: given(service?.serviceName), ServiceArn: given(service?.serviceArn) },
    };
  },
  configure: ({ id }, p, context) => stable(id, p, context),
  remove: async ({ id }, { Cluster }, context) => {
    const ecs = context.client(ECS);
    await ecs.updateService({ cluster: Cluster, service: id, desiredCount: 0 });
    await ecs.deleteService({ cluster: Cluster, service: id, force: true });
  },
});
