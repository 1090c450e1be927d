import { LEVELS, type Load, loadAt } from './model.ts';

const GIVES: Record<Load['gives'][number], string> = {
  tasks: 'タスクの最大',
  database: 'Aurora の CPU',
  connections: 'Aurora の接続数',
};

/** The page's two tables, in Markdown: the load as chapter 5 leaves the blog, and with a CDN in front of the public queries. */
export function scaleTables(): string {
  return [table(false), table(true)].join('\n\n');
}

function table(cached: boolean): string {
  const rows = LEVELS.map((times) => {
    const load = loadAt(times, cached);
    return [
      `${times.toLocaleString('ja-JP')}倍`,
      load.visitsPerDay.toLocaleString('ja-JP'),
      `${rounded(load.callsPerSecond)}回`,
      `${load.tasks}`,
      `${rounded(load.databaseCpu * 100)}%`,
      `${load.connections}`,
      `${rounded(load.transferGb)} GB`,
      `$${Math.round(load.usdPerMonth).toLocaleString('ja-JP')}`,
      load.gives.map((one) => GIVES[one]).join('、') || '—',
    ];
  });
  const head = [
    cached ? '負荷（CDN あり）' : '負荷',
    '1日の訪問',
    'いちばん混む1秒の呼び出し',
    'タスク',
    'Aurora の CPU',
    '接続',
    '1か月の転送',
    '1か月の増える料金',
    '先に足りなくなるもの',
  ];
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

const rounded = (value: number) => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('ja-JP'));
