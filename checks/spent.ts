import type { Seen } from './progress.ts';

/**
 * How long a step took: milliseconds from its first failure to the last of its first passes. Null before all of its
 * checks have passed once, and where none of them ever failed (nobody knows when it was begun).
 */
export function spent(checks: string[], seen: Record<string, Seen>): number | null {
  const all = checks.map((id) => seen[id]);
  const passes = all.flatMap((one) => (one?.firstPass ? [Date.parse(one.firstPass)] : []));
  const fails = all.flatMap((one) => (one?.firstFail ? [Date.parse(one.firstFail)] : []));
  if (passes.length < checks.length || fails.length === 0) return null;
  return Math.max(0, Math.max(...passes) - Math.min(...fails));
}

/** A span of time in words, e.g. `1時間20分`; under a minute `1分未満`. */
export function spanInWords(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (minutes < 1) return '1分未満';
  if (days > 0) return hours > 0 ? `${days}日${hours}時間` : `${days}日`;
  return [hours > 0 ? `${hours}時間` : '', minutes % 60 > 0 ? `${minutes % 60}分` : ''].join('');
}
