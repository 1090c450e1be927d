/** A time of the week in Tokyo; day 0 is Sunday. */
export interface WeekTime {
  day: number;
  hour: number;
  minute: number;
}

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * When a weekly `cron(…)` of EventBridge Scheduler happens, in Tokyo's time. Null for what isn't weekly (`rate`, `at`,
 * single dates) or can't be read. Form: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 *
 * @param timeZone IANA's name, e.g. `UTC`; its offset is taken at `now`
 */
export function tokyoTimes(expression: string, timeZone: string, now: Date): WeekTime[] | null {
  const [, fields = ''] = /^cron\(([^)]*)\)$/.exec(expression.trim()) ?? [];
  const [minutes = '', hours = '', dayOfMonth = '', month = '', weekdays = '', year = '*'] = fields.split(/\s+/);
  if (!/^[*?]$/.test(dayOfMonth) || month !== '*' || year !== '*') return null;
  const parsed = [list(minutes, 0, 59), list(hours, 0, 23), days(weekdays)] as const;
  const shift = offsetMinutes('Asia/Tokyo', now) - offsetMinutes(timeZone, now);
  const [minute, hour, day] = parsed;
  if (!minute || !hour || !day || Number.isNaN(shift)) return null;
  return day.flatMap((d) =>
    hour.flatMap((h) =>
      minute.map((m) => {
        const week = 7 * 24 * 60;
        const at = ((((d * 24 + h) * 60 + m + shift) % week) + week) % week;
        return { day: Math.floor(at / 1440), hour: Math.floor((at % 1440) / 60), minute: at % 60 };
      }),
    ),
  );
}

/** The days on which it happens, in words: `毎日`, `平日`, `土・日`. */
export function daysInWords(times: WeekTime[]): string {
  const on = [...new Set(times.map(({ day }) => day))].toSorted((a, b) => a - b);
  if (on.length === 7) return '毎日';
  if (on.join() === '1,2,3,4,5') return '平日';
  return on.map((day) => '日月火水木金土'[day]).join('・');
}

function list(field: string, from: number, to: number): number[] | null {
  if (field === '*') return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const parts = field.split(',').map((part) => {
    const [, first = '', last] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    if (first === '') return null;
    const end = Number(last ?? first);
    return Array.from({ length: end - Number(first) + 1 }, (_, i) => Number(first) + i);
  });
  return parts.every((part) => part !== null) ? parts.flat() : null;
}

/** AWS counts from 1 (Sunday) to 7. */
function days(field: string): number[] | null {
  if (/^[*?]$/.test(field)) return list('0-6', 0, 6);
  const parts = field.split(',').map((part) => {
    const [first, last] = part
      .split('-')
      .map((word) => (/^\d$/.test(word) ? Number(word) - 1 : DAYS.indexOf(word.toUpperCase())));
    if (first === undefined || first < 0 || first > 6 || (last !== undefined && last < 0)) return null;
    const found: number[] = [];
    for (let day = first; ; day = (day + 1) % 7) {
      found.push(day);
      if (day === (last ?? first)) return found;
    }
  });
  return parts.every((part) => part !== null) ? parts.flat() : null;
}

/** Minutes by which a zone's clock is ahead of UTC's; NaN for a zone that doesn't exist. */
function offsetMinutes(timeZone: string, now: Date): number {
  try {
    const options = { timeZone, timeZoneName: 'longOffset' } as const;
    const name = new Intl.DateTimeFormat('en', options).formatToParts(now).find(({ type }) => type === 'timeZoneName');
    const [, sign = '+', hours = '0', minutes = '0'] = /GMT(?:([+-])(\d+):(\d+))?/.exec(name?.value ?? '') ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  } catch {
    return Number.NaN;
  }
}
