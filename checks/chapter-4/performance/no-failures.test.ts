import { expect, test } from 'vitest';
import check from './no-failures.ts';

test('only good answers pass', () => {
  expect(check.judge({ answers: 400, failed: 0 }).status).toBe('pass');
});

test('one failure is one too many; so is no answer at all, or no record', () => {
  expect(check.judge({ answers: 399, failed: 1 })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('1回'),
  });
  expect(check.judge({ answers: 0, failed: 0 }).status).toBe('fail');
  expect(check.judge(null).status).toBe('fail');
});
