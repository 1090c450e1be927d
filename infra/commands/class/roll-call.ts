import { type Left, usdPerMonth } from '@blog-aws-practice/checks/left/left.ts';
import data from '@blog-aws-practice/checks/prices.json' with { type: 'json' };
import type { World } from '@blog-aws-practice/checks/world.ts';
import { lookedAt } from '../cleanup/looked.ts';
import type { Learner } from './learners.ts';

/** What a learner has running at this moment. */
export interface Present {
  learner: Learner;
  /** All of theirs that should go at the end of the day, the stack's and what was built by hand. */
  left: Left[];
  usdPerHour: number;
}

/** The class at this moment. */
export interface RollCall {
  present: Present[];
  /** What is nobody's on the list. */
  nobodys: Left[];
  /** Japanese sentences on what could not be seen. */
  unseen: string[];
}

/** Looks whose everything is. All learners are looked at in one world, so that each call to AWS is made once. */
export async function rollCall(world: World, learners: Learner[]): Promise<RollCall> {
  const looked = await Promise.all(
    learners.map(async (learner) => {
      const own = { ...world, choice: { ...world.choice, prefix: learner.prefix } };
      return { learner, ...(await lookedAt(own)) };
    }),
  );
  const isTheirs = ({ whose, keep }: Left) => whose === 'ours' && keep === null;
  const present = looked.map(({ learner, found }) => {
    const left = found.filter(isTheirs);
    return { learner, left, usdPerHour: usdPerMonth(left) / data.hoursPerMonth };
  });
  const keyOf = ({ resource: { type, id } }: Left) => `${type} ${id}`;
  const claimed = new Set(looked.flatMap(({ found }) => found.filter(({ whose }) => whose === 'ours').map(keyOf)));
  const all = new Map(looked.flatMap(({ found }) => found.map((one) => [keyOf(one), one] as const)));
  return {
    present: present.toSorted((a, b) => b.usdPerHour - a.usdPerHour),
    nobodys: [...all.values()].filter((one) => !claimed.has(keyOf(one))),
    unseen: [...new Set(looked.flatMap(({ unseen }) => unseen))],
  };
}
