import { expect, test } from 'vitest';
import check from './latency.ts';

const judge = (p50: number, p95: number, p99 = p95) => check.judge({ p50, p90: p95, p95, p99, max: p99 });

test('the limit is at half a second for 95 of 100', () => {
  expect(judge(40, 500).status).toBe('pass');
  expect(judge(40, 500.1).status).toBe('fail');
});

test('one in a hundred who waits long is advice', () => {
  expect(judge(40, 200, 1_200)).toMatchObject({ status: 'pass', advice: expect.stringContaining('1200 ms') });
});

test('whether everybody waits or only some is told apart', () => {
  expect(judge(700, 900).evidence).toContain('ほとんどの人');
  expect(judge(60, 900).evidence).toContain('一部の人だけ');
  expect(check.judge(null).status).toBe('fail');
});
