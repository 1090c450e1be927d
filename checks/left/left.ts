import type { Resource } from '../check.ts';
import { type Costing, estimate, yenOf } from '../cost.ts';
import data from '../prices.json' with { type: 'json' };
import type { Whose } from './whose.ts';

/** Something that is there, and may have been left behind. */
export interface Left {
  resource: Resource;
  whose: Whose;
  /** Its kind as the console calls it, e.g. `NAT ゲートウェイ`. */
  kind: string;
  /** What of it may cost. */
  costing: Costing[];
  /** The commands that take it away, in order, for somebody who does it by hand. */
  remove: string[];
  /** Why it may stay, as a Japanese sentence; null for what should go. */
  keep: string | null;
  /** AWS is taking it away already. */
  going: boolean;
}

/** A {@link Left} of which only what is unusual is said: by default it should go, and what it costs is told by its type. */
export function left(
  resource: Resource,
  whose: Whose,
  kind: string,
  remove: string[],
  more: Partial<Pick<Left, 'costing' | 'keep' | 'going'>> = {},
): Left {
  const costing = [{ type: resource.type, properties: {} }];
  return { resource, whose, kind, remove, costing, keep: null, going: false, ...more };
}

/** US dollars a month, without what depends on use. */
export function usdPerMonth(all: Left[]): number {
  return estimate(all.flatMap(({ costing }) => costing)).usdPerHour * data.hoursPerMonth;
}

/** What it costs, in words: `1か月約$45.26（約6,789円）`, `使った量に応じた料金: …`, or `料金はかかりません`. */
export function price(one: Left): string {
  const { byUse } = estimate(one.costing);
  const dollars = usdPerMonth([one]);
  const fixed =
    dollars > 0 ? [`1か月約$${dollars.toFixed(2)}（約${Math.round(yenOf(dollars)).toLocaleString('ja-JP')}円）`] : [];
  const words = [...fixed, ...byUse.map((part) => `使った量に応じて: ${part}`)];
  return words.length > 0 ? words.join('、') : '料金はかかりません';
}

/** Kind, id, and its name where it has another, e.g. `NAT ゲートウェイ nat-0abc（blog-aws-practice-nat）`. */
export function called({ kind, resource: { id, name } }: Left): string {
  return `${kind} ${id}${name && name !== id ? `（${name}）` : ''}`;
}
