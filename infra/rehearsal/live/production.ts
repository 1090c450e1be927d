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
  /** Whether the rule leads to the idle one, too, be it with no request at all. */
  joined: boolean;
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
  const [live, idle] = isAlternate ? [alternate, targetGroupArn] : [targetGroupArn, alternate];
  // A rule that isn't known yet is left alone.
  const joined = weights.length === 0 || weights.some(({ targetGroup }) => targetGroup === idle);
  return { rule, live, idle, joined };
}

/**
 * Makes a rule that leads to one target group alone lead to the idle one, too, without a request yet, as ECS does when a
 * deployment begins: a group that no rule leads to is not checked.
 */
export async function join(client: Context['client'], { rule, live, idle, joined }: Production): Promise<void> {
  if (!joined) await weigh(client, rule, { [live]: 100, [idle]: 0 });
}

/** Sends all requests of a rule to one target group, and none to the other. */
export async function shift(client: Context['client'], { rule, live, idle }: Production, to: string): Promise<void> {
  if (to !== live) await weigh(client, rule, { [live]: 0, [idle]: 100 });
}

async function weigh(client: Context['client'], RuleArn: string, weights: Record<string, number>): Promise<void> {
  const TargetGroups = Object.entries(weights).map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }));
  await client(ElasticLoadBalancingV2).modifyRule({
    RuleArn,
    Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
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
