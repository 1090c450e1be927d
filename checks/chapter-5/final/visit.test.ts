import { expect, test } from 'vitest';
import { API, answered, PRODUCTION, visited } from '../../corpus/example-pages.ts';
import type { Visited } from '../../ports/browser.ts';
import check from './visit.ts';

const latest = answered({ body: '{"data":{"articles":{"nodes":[{"title":"夜行列車の朝"}]}}}' });
const judge = (changes: Partial<Visited> = {}, body = latest) =>
  check.judge({ origin: PRODUCTION, endpoint: `${API}/graphql`, visited: visited(changes), latest: body });
const request = (status: number | null) => ({
  requests: [{ method: 'POST', url: `${API}/graphql`, status, failure: status === null ? 'net::ERR_FAILED' : null }],
});

test('the newest article of the database, seen in the page, passes', () => {
  expect(judge()).toMatchObject({ status: 'pass', evidence: expect.stringContaining('夜行列車の朝') });
});

test.each<[string, Partial<Visited>, string]>([
  ['no call', { requests: [] }, '1度も呼ばれません'],
  ['a call that CORS stops', request(null), '届きません（net::ERR_FAILED）'],
  ['no healthy task', request(503), 'HTTP 503'],
  ['an old page', { text: 'ブログ' }, '「夜行列車の朝」が出ません'],
  ['an exception', { errors: ['x is undefined'] }, 'x is undefined'],
])('%s fails', (_name, changes, words) => {
  expect(judge(changes)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});

test('an API without articles fails, and so does an unknown page', () => {
  expect(judge({}, answered({ body: '{"data":{"articles":{"nodes":[]}}}' }))).toMatchObject({ status: 'fail' });
  expect(check.judge(null)).toMatchObject({ status: 'fail' });
});
