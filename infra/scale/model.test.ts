import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blueprint } from '../blueprint.ts';
import measured from './measured.json' with { type: 'json' };
import { assumed, loadAt } from './model.ts';

const root = join(import.meta.dirname, '../..');

test('the page prints what the command computes', async () => {
  const page = await readFile(join(root, 'docs/scale.md'), 'utf8');
  const printed = execFileSync(process.execPath, [join(root, 'infra/commands/scale.ts')], { encoding: 'utf8' });
  const tables = printed.trim().split('\n\n');
  expect(tables).toHaveLength(2);
  for (const table of tables) expect(page).toContain(table);
});

test('the page names every figure that is measured, and every one that is assumed', async () => {
  const page = await readFile(join(root, 'docs/scale.md'), 'utf8');
  const words = [
    `${measured.listPerSecondPerTask.value}回/秒`,
    `${measured.databaseMsPerList.value}ミリ秒`,
    `${measured.bytesPerList.value.toLocaleString('ja-JP')}バイト`,
    `${assumed.visitsPerDay.toLocaleString('ja-JP')}回の訪問`,
    `API を${assumed.callsPerVisit}回`,
    `1日の${assumed.busiestHour * 100}%`,
    `${assumed.burst}倍に偏る`,
    `能力の${assumed.utilization * 100}%`,
    `約${assumed.databaseConnections}`,
    `${assumed.poolSize}本の接続`,
    `${assumed.freeTransferGb} GB まで無料`,
    `タスクは${blueprint.production.minTasks}〜${blueprint.scaling.max}`,
  ];
  expect(words.filter((word) => !page.includes(word))).toEqual([]);
});

test('what the page says of each load is what the model says', () => {
  expect([1, 10, 100].map((times) => loadAt(times).gives)).toEqual([[], [], []]);
  expect(loadAt(1000).gives).toEqual(['tasks']);
  expect(loadAt(10_000).gives).toEqual(['tasks', 'database', 'connections']);
  expect(loadAt(1000, true).gives).toEqual([]);
});

test('by hand: a thousand times the load is 500 calls in the busiest second', () => {
  const { callsPerSecond, tasks, databaseCpu, transferGb } = loadAt(1000);
  expect(callsPerSecond).toBeCloseTo((1_000_000 * 4 * 0.15 * 3) / 3600);
  expect(tasks).toBe(Math.ceil(500 / (125 * 0.6)));
  expect(databaseCpu).toBeCloseTo((500 * 0.0012) / 2);
  expect(transferGb).toBeCloseTo((4_000_000 * 30 * 6476) / 1e9);
});
