import { allLoadBalancers } from '../find/load-balancers.ts';
import { allTargetGroups } from '../find/target-groups.ts';
import type { World } from '../world.ts';
import { type Left, left } from './left.ts';
import { ownership } from './whose.ts';

/** Load balancers, and the target groups that outlive them. */
export async function leftLoadBalancers(world: World): Promise<Left[]> {
  const [balancers, groups, tell] = await Promise.all([
    allLoadBalancers(world),
    allTargetGroups(world),
    ownership(world),
  ]);
  return [
    ...balancers.map((one) =>
      left(
        one,
        tell({ origin: one.origin, names: [one.id], vpcs: [one.parent] }),
        'ロードバランサー',
        [`aws elbv2 delete-load-balancer --load-balancer-arn ${one.arn}`],
        {
          costing: [{ type: one.type, properties: { Scheme: one.properties.scheme, Subnets: one.properties.subnets } }],
        },
      ),
    ),
    ...groups.map((one) =>
      left(one, tell({ origin: one.origin, names: [one.id], vpcs: [one.parent] }), 'ターゲットグループ', [
        `aws elbv2 delete-target-group --target-group-arn ${one.arn}`,
      ]),
    ),
  ];
}
