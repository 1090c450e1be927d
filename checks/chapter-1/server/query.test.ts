import { expect, test } from 'vitest';
import { TRIED } from '../example-trial.ts';
import check from './query.ts';

test('passes where visitor and writer get the list', () => {
  expect(check.judge(TRIED)).toMatchObject({ status: 'pass' });
});

test.each([
  ['no answer', { query: null }, 'トークンなしの問い合わせに、答えませんでした'],
  ['an error', { query: { status: 500, body: 'oops' } }, 'HTTP 500'],
  ['errors beside the data', { query: { status: 200, body: '{"errors":[{}],"data":null}' } }, '記事の一覧ではない'],
  ['another shape', { query: { status: 200, body: '{"data":{"articles":[]}}' } }, '記事の一覧ではない'],
  ['good tokens refused', { signedIn: { status: 401, body: '' } }, '正しく署名されたトークン'],
])('fails with %s', (_, change, evidence) => {
  expect(check.judge({ ...TRIED, ...change })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(evidence),
  });
});
