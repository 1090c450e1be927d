import { expect, test } from 'vitest';
import { daysInWords, tokyoTimes } from './tokyo-times.ts';

const NOW = new Date('2026-11-23T00:00:00Z');
const said = (expression: string, zone = 'Asia/Tokyo') => {
  const times = tokyoTimes(expression, zone, NOW);
  return (
    times &&
    `${daysInWords(times)} ${[...new Set(times.map(({ hour, minute }) => `${hour}:${String(minute).padStart(2, '0')}`))].join()}`
  );
};

test.each([
  ['cron(0 18 ? * * *)', 'Asia/Tokyo', '毎日 18:00'],
  ['cron(10 3,18 ? * * *)', 'Asia/Tokyo', '毎日 3:10,18:10'],
  ['cron(30 8 ? * MON-FRI *)', 'Asia/Tokyo', '平日 8:30'],
  ['cron(30 8 ? * 2-6 *)', 'Asia/Tokyo', '平日 8:30'],
  // The same time, written for UTC's clock: Sunday evening there is Monday morning in Tokyo.
  ['cron(30 23 ? * SUN-THU *)', 'UTC', '平日 8:30'],
  ['cron(0 18 ? * MON-FRI *)', 'UTC', '火・水・木・金・土 3:00'],
  ['cron(0 9 ? * SAT,SUN *)', 'Etc/UTC', '日・土 18:00'],
])('%s in %s is %s', (expression, zone, words) => {
  expect(said(expression, zone)).toBe(words);
});

test.each([
  'rate(1 hour)',
  'at(2026-12-01T18:00:00)',
  'cron(0 18 1 * ? *)',
  'cron(0 18 ? 12 * *)',
  'cron(0/15 18 ? * * *)',
  'x',
])('%s is not weekly, or can’t be read', (expression) => {
  expect(said(expression)).toBeNull();
});

test('a zone that doesn’t exist has no time', () => {
  expect(said('cron(0 18 ? * * *)', 'Asia/Kyoto')).toBeNull();
});
