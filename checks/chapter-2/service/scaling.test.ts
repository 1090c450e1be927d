import { expect, test } from 'vitest';
import { service } from '../../corpus/example-task.ts';
import type { Scaling } from '../../find/scaling.ts';
import check from './scaling.ts';

const judge = (range: Scaling | null) => check.judge({ service: service(), range });
const range = (min: number, max: number, policies = ['busy'], suspended = false): Scaling => ({
  min,
  max,
  policies,
  suspended,
});

test('1 to 4 with a policy passes', () => {
  expect(judge(range(1, 4)).status).toBe('pass');
});

test.each<[string, Scaling | null, string]>([
  ['none', null, '設定されていません'],
  ['the same bounds', range(1, 1), '増えも減りも'],
  ['down to nothing', range(0, 4), '0個になる'],
  ['up to 40', range(1, 40), '思わぬ料金'],
  ['up to 2', range(1, 2), '余裕がありません'],
  ['suspended', range(1, 4, ['busy'], true), '一時停止'],
  ['no policy', range(1, 4, []), 'スケーリングポリシー'],
])('%s fails', (_name, one, words) => {
  expect(judge(one)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});
