import { expect, test } from 'vitest';
import { TRIED } from '../example-trial.ts';
import check from './bad-token.ts';

test('passes where every one is refused', () => {
  expect(check.judge(TRIED)).toMatchObject({ status: 'pass' });
});

test.each([
  ['taken for a visitor', { status: 200, body: '{"data":{"articles":{"nodes":[]}}}' }],
  ['answered beside an error', { status: 401, body: '{"errors":[{}],"data":{"articles":{"nodes":[]}}}' }],
  ['met by a crash', { status: 500, body: 'oops' }],
  ['met by silence', null],
])('fails where one is %s, and names it', (_, answer) => {
  const badTokens = { ...TRIED.badTokens, 期限の切れたもの: answer };
  expect(check.judge({ ...TRIED, badTokens })).toMatchObject({
    status: 'fail',
    evidence: 'トークンが期限の切れたものでも、断らずに答えました。',
  });
});

test('fails where none was tried', () => {
  expect(check.judge({ ...TRIED, badTokens: {} })).toMatchObject({ status: 'fail' });
});
