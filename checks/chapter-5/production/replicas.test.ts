import { expect, test } from 'vitest';
import { service } from '../../corpus/example-task.ts';
import type { Scaling } from '../../find/scaling.ts';
import type { Service } from '../../find/services.ts';
import check from './replicas.ts';

const range = (min: number): Scaling => ({ min, max: 4, policies: ['cpu'], suspended: false });
const judge = (changes: Partial<Service>, scaling: Scaling | null = range(2)) =>
  check.judge({ service: service({ desired: 2, running: 2, ...changes }), range: scaling });

test('two in two zones pass', () => {
  expect(judge({})).toMatchObject({ status: 'pass' });
});

test.each<[string, Partial<Service>, Scaling | null, string]>([
  ['a minimum of one', {}, range(1), '最小は1個'],
  ['no auto scaling', {}, null, '最小は0個'],
  ['one wanted', { desired: 1, running: 1 }, range(2), '必要なタスクの数が1個'],
  ['one zone', { subnets: ['subnet-1'] }, range(2), '同じゾーン'],
])('%s fails', (_name, changes, scaling, words) => {
  expect(judge(changes, scaling)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});

test('one that is still starting is no mistake', () => {
  expect(judge({ running: 1 })).toMatchObject({ status: 'pending' });
});
