import { readFile } from 'node:fs/promises';
import { PROJECT } from '@blog-aws-practice/checks/find/stack.ts';
import type { Left } from '@blog-aws-practice/checks/left/left.ts';
import { readParameters } from '../../parameters.ts';
import { CommandError } from '../command.ts';

/** A learner who shares the account. */
export interface Learner {
  /** With which all names of theirs begin. */
  prefix: string;
  /** What the list calls them; empty where it doesn't say. */
  name: string;
}

/**
 * Reads a class list: a prefix on each line, and after a comma the learner's name, e.g. `tanaka,田中`. Blank lines and
 * lines that begin with `#` are left out.
 *
 * @throws CommandError naming each line that can't be used
 */
export async function learnersIn(file: string): Promise<Learner[]> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) {
    throw new CommandError(
      `名簿 ${file} を読めません。1行に1人ずつ「接頭辞,名前」と書いたファイルを指定してください。`,
      64,
    );
  }
  return learnersOf(text, file);
}

/** The same from a list's text. */
export function learnersOf(text: string, file: string): Learner[] {
  const lines = text.split(/\r?\n/).map((line, at) => ({ line: line.replace(/^\uFEFF/, '').trim(), at: at + 1 }));
  const seen = new Map<string, number>();
  const wrong: string[] = [];
  const learners = lines.flatMap(({ line, at }) => {
    if (line === '' || line.startsWith('#')) return [];
    const [prefix = '', ...rest] = line.split(',').map((part) => part.trim());
    const problem = prefix === '' ? '接頭辞がありません' : problemOf(prefix);
    const first = seen.get(prefix);
    if (problem !== null) wrong.push(`${at}行目「${line}」: ${problem}`);
    else if (first !== undefined) wrong.push(`${at}行目「${line}」: ${first}行目と同じ接頭辞です`);
    seen.set(prefix, first ?? at);
    return [{ prefix, name: rest.join(',') }];
  });
  if (wrong.length > 0) throw new CommandError(`名簿 ${file} に使えない行があります。\n${wrong.join('\n')}`, 64);
  if (learners.length === 0) throw new CommandError(`名簿 ${file} に、だれも書かれていません。`, 64);
  return learners;
}

function problemOf(prefix: string): string | null {
  try {
    readParameters({ prefix });
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The learners whose names stand on what is there, for a class without a list. */
export function learnersBehind(found: Left[]): Learner[] {
  const pattern = new RegExp(`(?<![a-z0-9-])([a-z][a-z0-9]{0,7})-${PROJECT}(?![a-z0-9])`);
  const prefixes = found.flatMap(({ resource: { id, name } }) =>
    [id, name ?? ''].flatMap((text) => pattern.exec(text)?.[1] ?? []),
  );
  return [...new Set(prefixes)].toSorted().map((prefix) => ({ prefix, name: '' }));
}
