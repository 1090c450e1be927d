import { expect, test } from 'vitest';
import { code, PRODUCTION } from '../../corpus/example-pages.ts';
import type { CodeAnswered } from '../../ports/http.ts';
import check from './fallback.ts';

const judge = (deep: CodeAnswered, missing: CodeAnswered) =>
  check.judge([{ origin: PRODUCTION, deep: [['/articles/1', deep]], missing }]);
const gone = code({ hasRoot: false }, {}, 404);

test('the page at a deep address and 404 for a missing file pass', () => {
  expect(judge(code(), gone)).toMatchObject({ status: 'pass' });
});

test.each<[string, CodeAnswered, CodeAnswered, string]>([
  ['no fallback', code({ hasRoot: false }, {}, 404), gone, '/articles/1 を直接開くと、HTTP 404'],
  ['another page', code({ hasRoot: false }), gone, '画面が出ません'],
  ['the page for everything', code(), code({}, { 'content-type': 'text/html' }), 'HTTP 200（text/html）'],
])('%s fails', (_name, deep, missing, words) => {
  expect(judge(deep, missing)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});

test('nothing to look at is no pass', () => {
  expect(check.judge([])).toMatchObject({ status: 'fail' });
});
