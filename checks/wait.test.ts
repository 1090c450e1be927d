import { expect, test } from 'vitest';
import { reportOf, result } from './report/sample.ts';
import type { Finished } from './session.ts';
import { wait } from './wait.ts';

function looks(...statuses: ('pending' | 'pass' | 'fail')[]) {
  let times = 0;
  return {
    look: async (): Promise<Finished> => {
      const status = statuses[Math.min(times, statuses.length - 1)] ?? 'pass';
      times += 1;
      return {
        report: reportOf([result('nat-gateway', { status, evidence: '作成中です。' })]),
        causes: [],
        recording: null,
        map: null,
      };
    },
    times: () => times,
  };
}
const patience = (said: string[], slept: number[]) => ({
  interval: 10_000,
  limit: 60_000,
  sleep: async (ms: number) => slept.push(ms),
  say: (sentence: string) => said.push(sentence),
});

test('it looks again until nothing is in preparation, and says once what it waits for', async () => {
  const { look, times } = looks('pending', 'pending', 'pass');
  const [said, slept]: [string[], number[]] = [[], []];
  const finished = await wait(look, patience(said, slept));
  expect(finished.report.results[0]?.status).toBe('pass');
  expect([times(), slept]).toEqual([3, [10_000, 10_000]]);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('10秒ごとに確かめ、長くても1分で終わります');
  expect(said[0]).toContain('「nat-gateway がある」 作成中です。');
});

test('a failure is not waited for', async () => {
  const { look, times } = looks('fail');
  const said: string[] = [];
  await wait(look, patience(said, []));
  expect([times(), said]).toEqual([1, []]);
});

test('it ends at the limit and says so', async () => {
  const { look, times } = looks('pending');
  const said: string[] = [];
  const finished = await wait(look, patience(said, []));
  expect(finished.report.results[0]?.status).toBe('pending');
  expect(times()).toBe(7);
  expect(said.at(-1)).toContain('1分待ちましたが、まだ準備中です');
});
