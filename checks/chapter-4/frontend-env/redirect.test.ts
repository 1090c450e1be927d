import { expect, test } from 'vitest';
import check from './redirect.ts';

const plain = 'http://api.example.com/graphql';
const judge = (status: number, location?: string) =>
  check.judge({
    plain,
    host: 'api.example.com',
    reached: 'open',
    answered: { status, headers: location === undefined ? {} : { location }, body: '', ms: 1 },
  });

test('a lasting redirect to the same place by https passes', () => {
  expect(judge(301, 'https://api.example.com:443/graphql')).toEqual({
    status: 'pass',
    evidence: 'HTTP 301 で https://api.example.com/graphql へ送ります。',
  });
});

test('one that does not last passes with advice', () => {
  expect(judge(302, 'https://api.example.com/graphql')).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('301'),
  });
});

test.each([
  [200, undefined, 'HTTP 200'],
  [301, undefined, '（なし）'],
  [301, 'http://api.example.com/graphql', '回り続けます'],
  [301, 'https://www.example.com/graphql', 'www.example.com'],
  [301, 'https://api.example.com/', 'パス'],
])('HTTP %s to %s fails', (status, location, words) => {
  expect(judge(status, location)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});

test('a port that says nothing fails', () => {
  expect(check.judge({ plain, host: 'api.example.com', reached: 'silent', answered: null })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('返事がありません'),
  });
});
