import { vpcFlowLogGroups } from '../find/flow-logs.ts';
import { logGroups } from '../find/log-groups.ts';
import type { World } from '../world.ts';
import { type Left, left } from './left.ts';
import { tasks, usersOf } from './tasks.ts';
import { ownership } from './whose.ts';

/** Log groups: no stack and no deletion of a database takes along those that AWS's services made for themselves. */
export async function leftLogGroups(world: World): Promise<Left[]> {
  const [all, tasksOf, flows, tell] = await Promise.all([
    logGroups(world),
    tasks(world),
    vpcFlowLogGroups(world),
    ownership(world),
  ]);
  return all.map((one) => {
    const vpcs = flows.flatMap(({ group, vpc }) => (group === one.id ? [vpc] : []));
    const users = usersOf(tasksOf, ({ containers }) => containers.some(({ logs }) => logs?.group === one.id));
    return left(
      one,
      tell({ origin: one.origin, names: [one.id], users, vpcs }),
      'ロググループ',
      [`aws logs delete-log-group --log-group-name ${one.id}`],
      one.properties.bytes === 0 ? { costing: [] } : {},
    );
  });
}
