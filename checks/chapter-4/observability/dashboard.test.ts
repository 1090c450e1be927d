import { expect, test } from 'vitest';
import check from './dashboard.ts';

test('one that shows this environment passes; others, or none, do not', () => {
  expect(check.judge({ boards: ['a', 'b'], own: ['b'] })).toEqual({ status: 'pass', evidence: 'b' });
  expect(check.judge({ boards: ['a'], own: [] })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('a'),
  });
  expect(check.judge({ boards: [], own: [] })).toMatchObject({ status: 'fail' });
});
