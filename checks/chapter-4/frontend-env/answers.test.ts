import { expect, test } from 'vitest';
import type { Answered } from '../../ports/http.ts';
import check from './answers.ts';

const answered = (status: number, body = '', headers = {}): Answered => ({ status, body, headers, ms: 12 });
const list = answered(200, '{"data":{"articles":{"nodes":[{"id":"1"}]}}}');
const judge = (health: Answered, query: Answered) =>
  check.judge({ graphql: 'https://api.example.com/graphql', health, query });

test('a blog that answers passes', () => {
  expect(judge(answered(200), list)).toMatchObject({ status: 'pass', evidence: expect.stringContaining('12 ミリ秒') });
});

test.each([
  [502, '途中で切れた'],
  [503, '健康なターゲット'],
  [504, '時間内に'],
])('the load balancer’s own %s says why', (status, words) => {
  const gateway = answered(status, '<html>', { server: 'awselb/2.0' });
  expect(judge(answered(200), gateway)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});

test('somebody else at the address, or a blog that is ill, fails', () => {
  expect(judge(answered(200), answered(200, '<h1>It works!</h1>'))).toMatchObject({ status: 'fail' });
  expect(judge(answered(404), list)).toMatchObject({ status: 'fail', evidence: '/health が HTTP 404 で答えました。' });
  expect(judge(answered(503), list).evidence).toBe('/health が HTTP 503 で答えました。');
});

test('an unknown address does not pass', () => {
  expect(check.judge(null).status).toBe('fail');
});
