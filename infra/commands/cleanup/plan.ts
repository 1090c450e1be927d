import { inWords, priceNote } from '@blog-aws-practice/checks/cost.ts';
import { called, type Left, price, usdPerMonth } from '@blog-aws-practice/checks/left/left.ts';
import data from '@blog-aws-practice/checks/prices.json' with { type: 'json' };
import type { Member } from '../solve/stack.ts';
import type { Looked } from './looked.ts';
import { inventory } from './own-stack.ts';

/** What a cleanup would do. */
export interface Plan {
  /** The environment's stack. */
  stack: string;
  /** What it holds; null where there is none. */
  members: Member[] | null;
  /** Ids of its database clusters whose deletion protection goes off first. */
  guarded: string[];
  /** Beside the stack, surely the environment's. */
  ours: Left[];
  /** Nobody can tell whose, but likely the environment's; goes only when somebody says so. */
  unclear: Left[];
  /** May stay, and does. */
  kept: Left[];
  others: Left[];
  unseen: string[];
}

/** How the plan is made. */
export interface Choices {
  stack: string;
  prefix: string;
  /** Also what may stay. */
  everything: boolean;
  /** Whether an interrupted cleanup was agreed to take it away. */
  agreed: (one: Left) => boolean;
}

/** Sorts what was found: what the stack holds goes with it. */
export function planned(
  { found, unseen }: Looked,
  { members, guarded }: Pick<Plan, 'members' | 'guarded'>,
  choices: Choices,
): Plan {
  const { stack, prefix, everything, agreed } = choices;
  const rest = found.filter(({ resource }) => resource.origin !== 'cdk');
  const isOurs = (one: Left) => one.whose === 'ours' || agreed(one);
  const isUnclear = (one: Left) => !isOurs(one) && one.whose === 'unclear' && prefix === '';
  const goes = (one: Left) => everything || one.keep === null;
  return {
    stack,
    members,
    guarded,
    ours: rest.filter((one) => isOurs(one) && goes(one)),
    unclear: rest.filter((one) => isUnclear(one) && goes(one)),
    kept: rest.filter((one) => (isOurs(one) || isUnclear(one)) && !goes(one)),
    others: rest.filter((one) => !isOurs(one) && !isUnclear(one)),
    unseen,
  };
}

/** Whether there is nothing to take away. */
export function isEmpty({ members, ours, unclear }: Plan): boolean {
  return members === null && ours.length === 0 && unclear.length === 0;
}

/** So many of other people's things are named; the rest is counted. */
const MOST = 10;

/** The plan for the learner: each thing with its id, what it costs a month, and what stays. */
export function planInWords({ stack, members, guarded, ours, unclear, kept, others, unseen }: Plan): string[] {
  const lines = (all: Left[]) => all.map((one) => `  ・${called(one)}: ${price(one)}`);
  const section = (title: string, all: string[]) => (all.length > 0 ? [title, ...all] : []);
  const sum = usdPerMonth([...ours, ...unclear]) / data.hoursPerMonth;
  const named = others.slice(0, MOST).map((one) => `  ・${called(one)}`);
  return [
    ...(members === null
      ? [`スタック ${stack} はありません。CDK で作ったものは残っていません。`]
      : [`スタック ${stack} を削除します。次の${members.length}個が消えます。`, ...inventory(members)]),
    ...(guarded.length > 0 ? [`  その前に、Aurora クラスター ${guarded.join('、')} の削除保護を外します。`] : []),
    ...section('手で作ったもの、AWS のサービスが作って残したもの:', lines(ours)),
    ...section('だれのものか、名前からは決められないもの:', lines(unclear)),
    ...(sum > 0 ? [`  手で作ったものの合計: ${inWords(sum)}`, `  ${priceNote}`] : []),
    ...section(
      '残しておくもの（--all を付けると、これらも消します）:',
      kept.map((one) => `  ・${called(one)}（${price(one)}）: ${one.keep}`),
    ),
    ...section('この環境のものではないので、触らないもの:', [
      ...named,
      ...(others.length > MOST ? [`  ほか${others.length - MOST}個`] : []),
    ]),
    ...section(
      '見られなかったもの:',
      unseen.map((sentence) => `  ・${sentence}`),
    ),
  ];
}
