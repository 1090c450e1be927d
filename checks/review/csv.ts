import type { Class } from './class.ts';
import { cellInWords, runningInWords, stuckInWords } from './words.ts';

/** The class as CSV (RFC 4180) with a byte order mark, without which Excel misreads Japanese. */
export function classCsv({ steps, learners }: Class): string {
  const head = [
    '名前',
    ...steps.map(({ id }) => id),
    '止まっているところ',
    '動いたままのもの',
    '1時間の料金（ドル）',
    '書き出した日時',
    'ファイル',
  ];
  const rows = learners.map((one) => [
    one.name,
    ...steps.map(({ id }) => (one.steps[id] ? cellInWords(one.steps[id]).text : '')),
    stuckInWords(one),
    runningInWords(one),
    one.running?.usdPerHour?.toFixed(4) ?? '',
    one.exportedAt,
    one.file,
  ]);
  return `\ufeff${[head, ...rows].map((row) => row.map(field).join(',')).join('\r\n')}\r\n`;
}

/** Quoted where it has to be. A spreadsheet takes what begins with = + - @ for a formula, and so for more than a text. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
