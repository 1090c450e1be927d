import { expect, test } from 'vitest';
import type { Answered } from '../../ports/http.ts';
import check from './preflight.ts';

const origin = 'https://blog.example.com';
const good = {
  'access-control-allow-origin': origin,
  'access-control-allow-headers': 'Authorization,Content-Type',
  'access-control-allow-methods': 'GET,POST',
};
const judge = (headers: Record<string, string | undefined>, status = 204) =>
  check.judge([{ origin, answered: { status, headers, body: '', ms: 1 } as Answered }]);

test('leave for the origin, the token and the type of the body passes; a list of methods is not needed for POST', () => {
  expect(judge(good).status).toBe('pass');
  expect(judge({ ...good, 'access-control-allow-methods': undefined }).status).toBe('pass');
});

test.each([
  ['none', { 'access-control-allow-origin': undefined }, '付きません'],
  ['a slash at the end', { 'access-control-allow-origin': `${origin}/` }, '最後の /'],
  ['a list', { 'access-control-allow-origin': `${origin}, https://b.example` }, '1つだけ'],
  ['another’s', { 'access-control-allow-origin': 'https://b.example' }, 'https://b.example'],
  ['no leave for the token', { 'access-control-allow-headers': 'content-type' }, 'authorization'],
  // Browsers don't take * for the token: https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
  ['leave for any header but the token', { 'access-control-allow-headers': '*' }, 'authorization'],
  ['GET only', { 'access-control-allow-methods': 'GET' }, 'POST'],
])('%s fails, and names it', (_, changes, words) => {
  expect(judge({ ...good, ...changes })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(words),
    expected: `access-control-allow-origin: ${origin}`,
  });
});

test('a refusal of the method fails', () => {
  expect(judge(good, 405)).toMatchObject({ status: 'fail', evidence: expect.stringContaining('HTTP 405') });
});
