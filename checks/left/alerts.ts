import { budgets } from '../find/budgets.ts';
import { caller } from '../find/caller.ts';
import { topics } from '../find/topics.ts';
import type { World } from '../world.ts';
import { type Left, left } from './left.ts';
import { ownership } from './whose.ts';

const BUDGET = 'AWS を使い続けるあいだは、使いすぎに気づくために残しておくのがおすすめです。';

/** Budgets, which may well stay, and the SNS topics by which they tell. */
export async function leftAlerts(world: World): Promise<Left[]> {
  const me = await caller(world);
  const [all, told, tell] = await Promise.all([budgets(world, me), topics(world), ownership(world)]);
  return [
    ...all.map((one) =>
      left(
        one,
        tell({ origin: one.origin, names: [one.id] }),
        '予算',
        [`aws budgets delete-budget --account-id ${me.account} --budget-name ${one.id}`],
        { keep: BUDGET },
      ),
    ),
    ...told.map((one) =>
      left(one, tell({ origin: one.origin, names: [one.id] }), 'SNS トピック', [
        `aws sns delete-topic --topic-arn ${one.arn}`,
      ]),
    ),
  ];
}
