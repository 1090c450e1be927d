import { expect, test } from 'vitest';
import type { LifecycleRule } from '../../find/repositories.ts';
import check from './lifecycle.ts';

const judge = (...rules: LifecycleRule[]) => check.judge({ repository: undefined, rules });
const images = (count: number, status: LifecycleRule['status'] = 'tagged'): LifecycleRule => ({
  status,
  keeps: { count, of: 'images' },
});

test('keeping the newest 20 passes; no rule passes with advice', () => {
  expect(judge(images(20))).toMatchObject({ status: 'pass' });
  expect(check.judge({ repository: undefined, rules: null })).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('20個'),
  });
});

test('untagged images may go: AWS keeps those that a tagged one refers to', () => {
  expect(judge(images(1, 'untagged')).status).toBe('pass');
});

test.each<[string, LifecycleRule, string]>([
  ['keeps too few', images(2), '2つだけ'],
  ['goes by age', { status: 'any', keeps: { count: 14, of: 'days' } }, '14日'],
])('a rule that %s fails', (_name, rule, words) => {
  expect(judge(rule)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});
