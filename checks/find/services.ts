import type { Service as AwsService } from '@aws-sdk/client-ecs';
import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { type Stack, workbookStack } from './stack.ts';
import { subnets } from './subnets.ts';
import { targetGroups } from './target-groups.ts';
import { type TaskDefinition, taskDefinition } from './task-definitions.ts';

export interface Deployment {
  /** `PRIMARY` is what the service is going to, `ACTIVE` what it comes from. */
  status: string;
  taskDefinition: string;
  desired: number;
  running: number;
  failed: number;
  /** `IN_PROGRESS`, `COMPLETED` or `FAILED`; null where AWS doesn't tell. */
  rollout: string | null;
  reason: string | null;
  /** When it began. */
  since: Date | null;
}

export interface Service {
  cluster: string;
  status: string;
  launch: string;
  desired: number;
  running: number;
  pending: number;
  taskDefinition: string;
  subnets: string[];
  securityGroups: string[];
  publicIp: boolean;
  loadBalancers: {
    targetGroup: string;
    /** Of a blue/green service: the other target group, by ARN. */
    alternates: string[];
    container: string;
    port: number | null;
  }[];
  /** Seconds in which a failing health check is no reason to stop a new task; null where AWS doesn't tell. */
  graceSeconds: number | null;
  minHealthyPercent: number | null;
  maxPercent: number | null;
  circuitBreaker: { enabled: boolean; rollback: boolean } | null;
  deployments: Deployment[];
  /** AWS's own account of what happened, the newest first. */
  events: string[];
}

/**
 * The services of the environment: those whose tasks live in its subnets, or which fill one of its target groups.
 * Their id is their name.
 */
export async function services(world: World): Promise<Resource<Service>[]> {
  const [all, own, groups] = await Promise.all([allServices(world), subnets(world), targetGroups(world)]);
  const here = new Set(own.map(({ id }) => id));
  const fills = new Set(groups.map(({ arn }) => arn));
  return all.filter(
    ({ properties }) =>
      properties.subnets.some((subnet) => here.has(subnet)) ||
      properties.loadBalancers.some(({ targetGroup }) => fills.has(targetGroup)),
  );
}

/** Every ECS service of the region that is not already gone. */
export async function allServices(world: World): Promise<Resource<Service>[]> {
  const [{ clusterArns = [] }, stack] = await Promise.all([world.aws.ecs.listClusters({}), workbookStack(world)]);
  const all = await Promise.all(
    clusterArns.map(async (cluster) => {
      const { serviceArns = [] } = await world.aws.ecs.listServices({ cluster });
      // DescribeServices takes ten at a time: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html
      const tens = Array.from({ length: Math.ceil(serviceArns.length / 10) }, (_, i) =>
        serviceArns.slice(i * 10, i * 10 + 10),
      );
      const answers = await Promise.all(
        tens.map((some) => world.aws.ecs.describeServices({ cluster, services: some })),
      );
      return answers.flatMap(({ services: found = [] }) => found);
    }),
  );
  return all.flat().flatMap((one) => (one.status === 'INACTIVE' ? [] : [resource(one, stack)]));
}

function resource(one: AwsService, stack: Stack): Resource<Service> {
  const {
    subnets: placed = [],
    securityGroups = [],
    assignPublicIp,
  } = one.networkConfiguration?.awsvpcConfiguration ?? {};
  const { deploymentConfiguration: deployment } = one;
  const breaker = deployment?.deploymentCircuitBreaker;
  const cluster = one.clusterArn?.split('/').at(-1) ?? '';
  return {
    type: 'AWS::ECS::Service',
    id: one.serviceName ?? '',
    arn: one.serviceArn ?? null,
    name: one.serviceName ?? null,
    parent: cluster,
    relations: {
      subnet: placed,
      securityGroup: securityGroups,
      targetGroup: (one.loadBalancers ?? []).flatMap(({ targetGroupArn, advancedConfiguration }) =>
        [targetGroupArn, advancedConfiguration?.alternateTargetGroupArn].filter((arn) => arn !== undefined),
      ),
      taskDefinition: one.taskDefinition ? [one.taskDefinition] : [],
    },
    origin: stack.origin(one.serviceArn),
    properties: {
      cluster,
      status: one.status ?? '',
      launch: one.launchType ?? one.capacityProviderStrategy?.[0]?.capacityProvider ?? '',
      desired: one.desiredCount ?? 0,
      running: one.runningCount ?? 0,
      pending: one.pendingCount ?? 0,
      taskDefinition: one.taskDefinition ?? '',
      subnets: placed,
      securityGroups,
      publicIp: assignPublicIp === 'ENABLED',
      loadBalancers: (one.loadBalancers ?? []).map((target) => ({
        targetGroup: target.targetGroupArn ?? '',
        alternates: [target.advancedConfiguration?.alternateTargetGroupArn ?? ''].filter(Boolean),
        container: target.containerName ?? '',
        port: target.containerPort ?? null,
      })),
      graceSeconds: one.healthCheckGracePeriodSeconds ?? null,
      minHealthyPercent: deployment?.minimumHealthyPercent ?? null,
      maxPercent: deployment?.maximumPercent ?? null,
      circuitBreaker: breaker ? { enabled: breaker.enable ?? false, rollback: breaker.rollback ?? false } : null,
      deployments: (one.deployments ?? []).map((each) => ({
        status: each.status ?? '',
        taskDefinition: each.taskDefinition ?? '',
        desired: each.desiredCount ?? 0,
        running: each.runningCount ?? 0,
        failed: each.failedTasks ?? 0,
        rollout: each.rolloutState ?? null,
        reason: each.rolloutStateReason ?? null,
        since: each.createdAt ?? null,
      })),
      events: (one.events ?? []).map(({ message }) => message ?? ''),
    },
  };
}

/**
 * The service that is meant where the environment has several: the stack's own, else one behind the load balancer,
 * else whichever there is.
 */
export function mainService(all: Resource<Service>[]): Resource<Service> | undefined {
  const fit = ({ origin, properties }: Resource<Service>) =>
    (origin === 'cdk' ? 2 : 0) + (properties.loadBalancers.length > 0 ? 1 : 0);
  return all.toSorted((a, b) => fit(b) - fit(a))[0];
}

/** The environment's main service together with the task definition that it is going to; null before there is one. */
export async function mainServiceAndTask(
  world: World,
): Promise<{ service: Resource<Service>; task: Resource<TaskDefinition> } | null> {
  const service = mainService(await services(world));
  return service ? { service, task: await taskDefinition(world, service.properties.taskDefinition) } : null;
}
