import { expect, test } from 'vitest';
import type { Answered } from '../../ports/http.ts';
import check from './request.ts';

const origin = 'https://blog.example.com';
const judge = (headers: Record<string, string>) =>
  check.judge([{ origin, answered: { status: 200, headers, body: '', ms: 1 } satisfies Answered }]);

test('an answer that this page may read, and that no cache gives to another, passes', () => {
  expect(judge({ 'access-control-allow-origin': origin, vary: 'Origin' }).status).toBe('pass');
  expect(judge({ 'access-control-allow-origin': origin, 'cache-control': 'no-store' }).status).toBe('pass');
});

test.each([
  ['without leave', {}, '（なし）'],
  ['with leave for another', { 'access-control-allow-origin': 'https://b.example' }, 'https://b.example'],
  ['that a cache may give to another', { 'access-control-allow-origin': origin, vary: 'Accept' }, 'Vary: Origin'],
])('one %s fails', (_, headers, words) => {
  expect(judge(headers)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});
