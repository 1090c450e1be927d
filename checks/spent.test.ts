import { expect, test } from 'vitest';
import type { Seen } from './progress.ts';
import { spanInWords, spent } from './spent.ts';

const at = (hour: number) => `2026-11-23T0${hour}:00:00.000Z`;
const seen = (fail: number | null, pass: number | null): Seen => ({
  status: pass === null ? 'fail' : 'pass',
  at: at(9),
  firstFail: fail === null ? null : at(fail),
  firstPass: pass === null ? null : at(pass),
});

test('from the first failure of any check to the last first pass', () => {
  expect(spent(['a', 'b'], { a: seen(2, 3), b: seen(1, 4) })).toBe(3 * 3_600_000);
  expect(spent(['a', 'b'], { a: seen(null, 3), b: seen(1, 2) })).toBe(2 * 3_600_000);
});

test('unknown before all passed, and where nothing ever failed', () => {
  expect(spent(['a', 'b'], { a: seen(1, 2) })).toBeNull();
  expect(spent(['a', 'b'], { a: seen(1, 2), b: seen(1, null) })).toBeNull();
  expect(spent(['a'], { a: seen(null, 2) })).toBeNull();
});

test('what failed only after it had passed took no time', () => {
  expect(spent(['a'], { a: seen(5, 2) })).toBe(0);
});

test.each([
  [20_000, '1分未満'],
  [5 * 60_000, '5分'],
  [60 * 60_000, '1時間'],
  [80 * 60_000, '1時間20分'],
  [26 * 60 * 60_000, '1日2時間'],
])('%i ms is %s', (milliseconds, words) => {
  expect(spanInWords(milliseconds)).toBe(words);
});
