import { closest, distance } from 'fastest-levenshtein';
import type { Book } from './discover.ts';
import { Refusal } from './refusal.ts';

/**
 * The ids of the checks that the words on the command line mean, in the book's order.
 * @param chapter e.g. `chapter-2`
 * @param rest a step (`network`) or a check (`network/vpc`, or `network vpc`); empty for the whole chapter
 * @throws Refusal
 */
export function select(book: Book, chapter: string, rest: string[] = []): string[] {
  const words = [chapter, ...rest].flatMap((word) => word.split('/')).filter((word) => word !== '');
  const [chapterId = '', stepId, checkId, ...more] = words;
  const found = book.chapters.find(({ id }) => id === chapterId);
  if (!found) {
    throw unknown(
      `「${chapterId}」という章はありません。`,
      chapterId,
      book.chapters.map(({ id }) => id),
      'pnpm check',
    );
  }
  if (stepId === undefined) return found.steps.flatMap(({ checks }) => checks);
  const step = found.steps.find(({ id }) => id === stepId);
  if (!step) {
    throw unknown(
      `${chapterId} に「${stepId}」というステップはありません。`,
      stepId,
      found.steps.map(({ id }) => id),
      `pnpm check ${chapterId}`,
    );
  }
  if (checkId === undefined) return step.checks;
  const id = `${chapterId}/${stepId}/${[checkId, ...more].join('/')}`;
  if (!step.checks.includes(id)) {
    throw unknown(
      `${chapterId} の ${stepId} に「${checkId}」というチェックはありません。`,
      checkId,
      step.checks.map((check) => check.split('/')[2] ?? check),
      `pnpm check ${chapterId} ${stepId}/`,
    );
  }
  return [id];
}

function unknown(sentence: string, word: string, names: string[], command: string): Refusal {
  if (names.length === 0) return new Refusal(`${sentence}まだチェックがありません。`);
  const near = closest(word, names);
  const join = command.endsWith('/') ? '' : ' ';
  const guess =
    distance(word, near) <= Math.max(2, Math.floor(near.length / 3)) ? `もしかして: ${command}${join}${near}\n` : '';
  return new Refusal(`${sentence}\n${guess}指定できる名前: ${names.join('、')}`);
}
