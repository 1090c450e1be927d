import { expect, test } from 'vitest';
import { PRODUCTION, visited } from '../../corpus/example-pages.ts';
import type { Visited } from '../../ports/browser.ts';
import check from './api-down.ts';

const judge = (changes: Partial<Visited>) => check.judge({ origin: PRODUCTION, visited: visited(changes) });
const TOLD = '雲とインク\nサーバーにつながりませんでした。通信の状態を確かめてから、もう一度お試しください。';

test('a page that says why, and what to do, passes', () => {
  const errors = ['Failed to load resource: net::ERR_CONNECTION_REFUSED'];
  expect(judge({ text: TOLD, errors })).toMatchObject({
    status: 'pass',
    evidence: expect.stringContaining('つながりませんでした'),
  });
});

test.each<[string, Partial<Visited>, string]>([
  ['a white page', { text: ' ' }, '真っ白'],
  ['silence', { text: '雲とインク\n記事の一覧\n読み込み中…' }, '何も知らせません'],
  ['an exception', { text: TOLD, errors: ['Cannot read properties of undefined'] }, '例外が起きます'],
  ['the inner error', { text: 'エラー: TypeError: Failed to fetch' }, '内部のエラー'],
])('%s fails', (_name, changes, words) => {
  expect(judge(changes)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});
