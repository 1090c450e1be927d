import {
  ElasticLoadBalancingV2,
  type Matcher,
  type ProtocolEnum,
  type TargetGroupAttribute,
  type TargetTypeEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { z } from 'zod';
import { retagElb } from '../elb-tags.ts';
import { type Context, defineResourceType, given, type Made, passedOn } from '../resource-type.ts';
import { tags, withSystemTags } from '../tags.ts';

const healthCheck = {
  HealthCheckEnabled: z.boolean().optional(),
  HealthCheckIntervalSeconds: z.number().optional(),
  HealthCheckPath: z.string().optional(),
  HealthCheckPort: z.string().optional(),
  HealthCheckProtocol: passedOn<ProtocolEnum>().optional(),
  HealthCheckTimeoutSeconds: z.number().optional(),
  HealthyThresholdCount: z.number().optional(),
  UnhealthyThresholdCount: z.number().optional(),
  Matcher: passedOn<Matcher>().optional(),
};

const properties = z.strictObject({
  Name: z.string().optional(),
  Port: z.number().optional(),
  Protocol: passedOn<ProtocolEnum>().optional(),
  TargetType: passedOn<TargetTypeEnum>().optional(),
  VpcId: z.string().optional(),
  ...healthCheck,
  TargetGroupAttributes: passedOn<TargetGroupAttribute[]>().optional(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

async function setAttributes(
  { id }: Made,
  { TargetGroupAttributes = [] }: Properties,
  context: Context,
): Promise<void> {
  if (TargetGroupAttributes.length === 0) return;
  await context
    .client(ElasticLoadBalancingV2)
    .modifyTargetGroupAttributes({ TargetGroupArn: id, Attributes: TargetGroupAttributes });
}

async function setHealthCheck({ id }: Made, p: Properties, context: Context): Promise<void> {
  await context.client(ElasticLoadBalancingV2).modifyTargetGroup({ TargetGroupArn: id, ...healthCheckOf(p) });
}

const healthCheckOf = (p: Properties) =>
  Object.fromEntries(Object.entries(p).filter(([name]) => name in healthCheck)) as Pick<
    Properties,
    keyof typeof healthCheck
  >;

export default defineResourceType<Properties>({
  type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  properties,
  replacedBy: ['Name', 'Port', 'Protocol', 'TargetType', 'VpcId'],
  updates: {
    HealthCheckEnabled: setHealthCheck,
    HealthCheckIntervalSeconds: setHealthCheck,
    HealthCheckPath: setHealthCheck,
    HealthCheckPort: setHealthCheck,
    HealthCheckProtocol: setHealthCheck,
    HealthCheckTimeoutSeconds: setHealthCheck,
    HealthyThresholdCount: setHealthCheck,
    UnhealthyThresholdCount: setHealthCheck,
    Matcher: setHealthCheck,
    TargetGroupAttributes: setAttributes,
    Tags: retagElb,
  },
  create: async (p, context) => {
    const { TargetGroups: [made] = [] } = await context.client(ElasticLoadBalancingV2).createTargetGroup({
      Name: p.Name ?? context.generatedName(32),
      Port: p.Port,
      Protocol: p.Protocol,
      TargetType: p.TargetType,
      VpcId: p.VpcId,
      ...healthCheckOf(p),
      Tags: withSystemTags(p.Tags, context),
    });
    const id = given(made?.TargetGroupArn);
    return {
      id,
      attributes: {
        TargetGroupArn: id,
        TargetGroupName: given(made?.TargetGroupName),
        TargetGroupFullName: id.slice(id.lastIndexOf(':') + 1),
      },
    };
  },
  configure: setAttributes,
  remove: async ({ id }, _, context) => {
    await context.client(ElasticLoadBalancingV2).deleteTargetGroup({ TargetGroupArn: id });
  },
});
