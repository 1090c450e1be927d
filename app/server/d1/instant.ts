/**
 * The moment that a D1 column of type DATETIME means, as ISO 8601 in UTC with milliseconds; null if it means none.
 *
 * One column holds three spellings: SQL's default CURRENT_TIMESTAMP writes `2026-11-23 17:47:33` (UTC), Prisma's D1
 * adapter `2026-11-23T17:47:52.115+00:00`, and older Prisma engines the number of milliseconds since 1970.
 */
export function instant(value: unknown): string | null {
  if (typeof value === 'number') return inRange(new Date(value));
  const parts = typeof value === 'string' ? SPELLING.exec(value)?.groups : undefined;
  if (!parts) return null;
  const { day, time, fraction = '', zone = 'Z' } = parts;
  const local = `${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}`;
  // `Date` moves 30 February on to March: such a day means nothing.
  if (inRange(new Date(`${local}Z`)) !== `${local}Z`) return null;
  return inRange(new Date(`${local}${zone}`));
}

const SPELLING =
  /^(?<day>\d{4}-\d\d-\d\d)[ T](?<time>\d\d:\d\d:\d\d)(?:\.(?<fraction>\d{1,9}))?(?<zone>Z|[+-]\d\d:\d\d)?$/;

function inRange(date: Date): string | null {
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999 ? date.toISOString() : null;
}
