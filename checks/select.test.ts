import { expect, test } from 'vitest';
import type { Book } from './discover.ts';
import { select } from './select.ts';

const step = (chapter: string, id: string, ...checks: string[]) => ({
  id,
  title: id,
  page: null,
  checks: checks.map((check) => `${chapter}/${id}/${check}`),
});
const book: Book = {
  folder: '',
  chapters: [
    { id: 'preflight', title: '', steps: [step('preflight', 'tools', 'node')] },
    {
      id: 'chapter-2',
      title: '',
      steps: [step('chapter-2', 'network', 'vpc', 'subnets'), step('chapter-2', 'security-groups', 'alb')],
    },
  ],
};

test.each([
  ['chapter-2', [], ['chapter-2/network/vpc', 'chapter-2/network/subnets', 'chapter-2/security-groups/alb']],
  ['chapter-2', ['network'], ['chapter-2/network/vpc', 'chapter-2/network/subnets']],
  ['chapter-2', ['network/vpc'], ['chapter-2/network/vpc']],
  ['chapter-2', ['network', 'vpc'], ['chapter-2/network/vpc']],
  ['chapter-2/network/vpc', [], ['chapter-2/network/vpc']],
  ['chapter-2', ['network/'], ['chapter-2/network/vpc', 'chapter-2/network/subnets']],
])('%s %j', (chapter, rest, ids) => {
  expect(select(book, chapter, rest)).toEqual(ids);
});

test.each([
  [
    'chapter2',
    [],
    '「chapter2」という章はありません。\nもしかして: pnpm check chapter-2\n指定できる名前: preflight、chapter-2',
  ],
  ['chapter-2', ['netwrok'], 'もしかして: pnpm check chapter-2 network\n'],
  ['chapter-2', ['network', 'subnet'], 'もしかして: pnpm check chapter-2 network/subnets\n'],
])('an unknown name %s %j brings the near one', (chapter, rest, sentence) => {
  expect(() => select(book, chapter, rest)).toThrow(sentence);
});

test('a name that is near to nothing brings the list only', () => {
  expect(() => select(book, 'zzzzzzzzz', [])).toThrow(
    '「zzzzzzzzz」という章はありません。\n指定できる名前: preflight、chapter-2',
  );
});
