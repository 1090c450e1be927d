import { expect, test } from 'vitest';
import { TRIED } from '../example-trial.ts';
import check from './sigterm.ts';

test('passes where it ends by itself with 0', () => {
  expect(check.judge(TRIED)).toMatchObject({ status: 'pass' });
});

test.each([
  ['ends by the signal itself', { exitCode: null, stopMs: 12 }, 'そのまま止まりました'],
  ['goes on', { exitCode: null, stopMs: 10_001 }, '10 秒以内に終わりませんでした'],
  ['ends with an error', { exitCode: 1 }, 'コード 1'],
])('fails where it %s', (_, change, evidence) => {
  expect(check.judge({ ...TRIED, ...change })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(evidence),
  });
});
