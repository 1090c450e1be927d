import {
  ApplicationAutoScaling,
  type PolicyType,
  type ScalableDimension,
  type ServiceNamespace,
  type TargetTrackingScalingPolicyConfiguration,
} from '@aws-sdk/client-application-auto-scaling';
import { z } from 'zod';
import { type Context, defineResourceType, given, type Made, passedOn } from '../resource-type.ts';

const properties = z.strictObject({
  PolicyName: z.string(),
  PolicyType: passedOn<PolicyType>(),
  ScalingTargetId: z.string(),
  TargetTrackingScalingPolicyConfiguration: passedOn<TargetTrackingScalingPolicyConfiguration>(),
});
type Properties = z.infer<typeof properties>;

/** The scalable target's id, taken apart. */
function targetOf({ ScalingTargetId }: Properties) {
  const [ResourceId = '', ScalableDimension = '', ServiceNamespace = ''] = ScalingTargetId.split('|');
  return {
    ResourceId,
    ScalableDimension: ScalableDimension as ScalableDimension,
    ServiceNamespace: ServiceNamespace as ServiceNamespace,
  };
}

async function put(p: Properties, context: Context): Promise<Made> {
  const { PolicyARN } = await context.client(ApplicationAutoScaling).putScalingPolicy({
    ...targetOf(p),
    PolicyName: p.PolicyName,
    PolicyType: p.PolicyType,
    TargetTrackingScalingPolicyConfiguration: p.TargetTrackingScalingPolicyConfiguration,
  });
  return { id: given(PolicyARN), attributes: { Arn: given(PolicyARN) } };
}

export default defineResourceType<Properties>({
  type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
  properties,
  replacedBy: ['PolicyName', 'ScalingTargetId'],
  updates: {
    PolicyType: async (_, next, context) => put(next, context),
    TargetTrackingScalingPolicyConfiguration: async (_, next, context) => put(next, context),
  },
  create: put,
  remove: async (_, p, context) => {
    await context.client(ApplicationAutoScaling).deleteScalingPolicy({ ...targetOf(p), PolicyName: p.PolicyName });
  },
});
