import { allSchedules } from '../find/schedules.ts';
import type { World } from '../world.ts';
import { type Left, left } from './left.ts';
import { ownership } from './whose.ts';

/** EventBridge Scheduler's schedules, such as the one that stops the environment at night. */
export async function leftSchedules(world: World): Promise<Left[]> {
  const [all, tell] = await Promise.all([allSchedules(world), ownership(world)]);
  return all.map((one) =>
    left(one, tell({ origin: one.origin, names: [one.id, one.properties.group] }), 'スケジュール', [
      `aws scheduler delete-schedule --name ${one.id} --group-name ${one.properties.group}`,
    ]),
  );
}
