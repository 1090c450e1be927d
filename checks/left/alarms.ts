import { allAlarms } from '../find/alarms.ts';
import { dashboards } from '../find/dashboards.ts';
import type { World } from '../world.ts';
import { type Left, left } from './left.ts';
import { ownership } from './whose.ts';

/** CloudWatch alarms and dashboards. */
export async function leftAlarms(world: World): Promise<Left[]> {
  const [all, boards, tell] = await Promise.all([allAlarms(world), dashboards(world), ownership(world)]);
  return [
    ...all.map((one) =>
      left(one, tell({ origin: one.origin, names: [one.id, ...one.properties.watches] }), 'アラーム', [
        `aws cloudwatch delete-alarms --alarm-names ${one.id}`,
      ]),
    ),
    ...boards.map((one) =>
      left(one, tell({ origin: one.origin, names: [one.id] }), 'ダッシュボード', [
        `aws cloudwatch delete-dashboards --dashboard-names ${one.id}`,
      ]),
    ),
  ];
}
