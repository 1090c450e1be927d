import type { Judgement } from '../check.ts';
import { called, type Left, price } from '../left/left.ts';

/** What a look for leftovers saw. */
export interface LeftFacts {
  found: Left[];
  /** The chosen prefix; with one, what nobody can tell is taken for somebody else's. */
  prefix: string;
}

/** So many are named of what doesn't matter; the rest is counted. */
const MOST = 5;

/**
 * Fails on what is left of the environment, each with its id, its price and how it goes; pending while AWS is taking the
 * last of it away. What may stay, and what is other people's, is advice.
 *
 * @param what Japanese name of what was looked for
 */
export function leftBehind(what: string, { found, prefix }: LeftFacts): Judgement {
  const mine = found.filter(({ whose }) => whose === 'ours' || (whose === 'unclear' && prefix === ''));
  const stay = mine.filter(({ keep }) => keep !== null);
  const over = mine.filter(({ keep }) => keep === null);
  const others = found.filter((one) => !mine.includes(one));
  const advice = [...stay.map(staying), ...foreign(others)].join('\n');
  const told = advice === '' ? {} : { advice };
  const resources = over.map(({ resource: { type, id, origin } }) => ({ type, id, origin }));
  if (over.length > 0 && over.every(({ going }) => going)) {
    return {
      status: 'pending',
      evidence: `AWS が削除しています: ${over.map(called).join('、')}。`,
      resources,
      ...told,
    };
  }
  if (over.length > 0) {
    const lines = over.map(
      (one) =>
        `・${called(one)}: ${price(one)}${one.whose === 'unclear' ? '。だれのものか、名前からは決められません' : ''}`,
    );
    const commands = over.flatMap(({ remove }) => remove);
    return {
      status: 'fail',
      evidence: [`${over.length}個が残っています。`, ...lines].join('\n'),
      resources,
      fix: { cli: commands.join('\n') },
      ...told,
    };
  }
  return { status: 'pass', evidence: `${what}は残っていません。`, ...told };
}

function staying(one: Left): string {
  return `残しておいてよいもの: ${called(one)}（${price(one)}）。${one.keep}`;
}

function foreign(others: Left[]): string[] {
  if (others.length === 0) return [];
  const named = others.slice(0, MOST).map(called).join('、');
  const more = others.length > MOST ? ` ほか${others.length - MOST}個` : '';
  return [`この環境のものではないので触りません: ${named}${more}`];
}
