import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import type { Service } from './services.ts';

export interface Scaling {
  min: number;
  max: number;
  /** Names of its policies. */
  policies: string[];
  /** Somebody has told it to leave the number alone for now, growing or shrinking. */
  suspended: boolean;
}

/** How a service's number of tasks is scaled; null where it isn't. */
export async function scaling({ aws }: World, { id, properties }: Resource<Service>): Promise<Scaling | null> {
  const ResourceId = `service/${properties.cluster}/${id}`;
  const ServiceNamespace = 'ecs';
  const { applicationAutoScaling } = aws;
  const [{ ScalableTargets = [] }, { ScalingPolicies = [] }] = await Promise.all([
    applicationAutoScaling.describeScalableTargets({ ServiceNamespace, ResourceIds: [ResourceId] }),
    applicationAutoScaling.describeScalingPolicies({ ServiceNamespace, ResourceId }),
  ]);
  const target = ScalableTargets.find(({ ScalableDimension }) => ScalableDimension === 'ecs:service:DesiredCount');
  if (!target) return null;
  return {
    min: target.MinCapacity ?? 0,
    max: target.MaxCapacity ?? 0,
    suspended:
      target.SuspendedState?.DynamicScalingInSuspended === true ||
      target.SuspendedState?.DynamicScalingOutSuspended === true,
    policies: ScalingPolicies.map(({ PolicyName }) => PolicyName ?? ''),
  };
}
