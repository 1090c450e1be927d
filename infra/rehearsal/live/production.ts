import type { LoadBalancer } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Context } from '../resource-type.ts';
import { shares } from './routing.ts';
import type { Surroundings } from './surroundings.ts';
import type { Registration } from './task.ts';

/** The listener rule that a blue/green service shifts, and the two target groups that it shifts between. */
export interface Production {
  rule: string;
  /** Where the requests go now. */
  live: string;
  /** Where the next version comes up. */
  idle: string;
}

/** A service's production rule; null where it has none (rolling only). */
export function productionOf(
  { targetGroupArn = '', advancedConfiguration }: LoadBalancer,
  { fronts }: Surroundings,
): Production | null {
  const { productionListenerRule: rule, alternateTargetGroupArn: alternate } = advancedConfiguration ?? {};
  if (!rule || !alternate) return null;
  const found = fronts.flatMap(({ rules }) => rules).find(({ RuleArn }) => RuleArn === rule);
  const weights = (found?.Actions ?? []).flatMap(shares);
  const isAlternate = weights.some(({ targetGroup, weight }) => targetGroup === alternate && weight > 0);
  return isAlternate
    ? { rule, live: alternate, idle: targetGroupArn }
    : { rule, live: targetGroupArn, idle: alternate };
}

/** Sends all requests of a rule to one target group, and none to the other. */
export async function shift(client: Context['client'], { rule, live, idle }: Production, to: string): Promise<void> {
  if (to === live) return;
  await client(ElasticLoadBalancingV2).modifyRule({
    RuleArn: rule,
    Actions: [
      {
        Type: 'forward',
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: live, Weight: 0 },
            { TargetGroupArn: idle, Weight: 100 },
          ],
        },
      },
    ],
  });
}

/** The places that a new version gets: beside the old one for blue/green, among the old ones else. */
export function placesFor(
  loadBalancers: readonly LoadBalancer[],
  surroundings: Surroundings,
  besideOld: boolean,
): Registration[] {
  return loadBalancers.map((one) => {
    const production = productionOf(one, surroundings);
    const targetGroup = besideOld ? production?.idle : production?.live;
    return { targetGroup: targetGroup ?? one.targetGroupArn ?? '', port: one.containerPort ?? 0 };
  });
}
