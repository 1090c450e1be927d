import { expect, test } from 'vitest';
import check from './measured.ts';

type Found = NonNullable<Parameters<typeof check.judge>[0]['found']>;
const api = 'https://api.example.com';
const now = new Date('2026-11-25T00:00:00Z');
const judge = (changes: Partial<Found> = {}) =>
  check.judge({
    api,
    now,
    found: {
      url: api,
      at: '2026-11-24T00:00:00.000Z',
      load: { rate: 20, seconds: 20 },
      answers: 400,
      failed: 0,
      ...changes,
    },
  });

test('a fresh measurement of this API passes', () => {
  expect(judge().status).toBe('pass');
  expect(judge({ at: '2026-11-18T00:00:01.000Z' }).status).toBe('pass');
});

test.each<[string, Partial<Found>, string]>([
  ['of another API', { url: 'https://old.example' }, 'https://old.example'],
  ['that is old', { at: '2026-11-18T00:00:00.000Z' }, '7日前'],
  ['that was broken off', { answers: 90 }, '90回'],
])('one %s fails', (_, changes, words) => {
  expect(judge(changes)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});

test('none fails', () => {
  expect(check.judge({ api, now, found: null })).toMatchObject({ status: 'fail' });
});
