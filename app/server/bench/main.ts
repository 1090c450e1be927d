import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createDatabase, startPostgres } from '../dev/postgres.ts';
import { migrate } from '../prisma/migrate.ts';
import { readMigrations } from '../prisma/migrations.ts';
import { freePort } from '../test/postgres.ts';
import { measureContainer } from './container.ts';
import { type DatasetSize, fill } from './dataset.ts';
import { measureDeepPages } from './deep-pages.ts';
import { measureRatios } from './ratios.ts';

const HELP = `使い方: pnpm --filter @blog-aws-practice/server bench [ratios] [deep-pages] [container] [--rounds N] [--seconds N]

ブログの API の速さを測ります。何も選ばなければ 3 つとも測ります。
  ratios      1 リクエストあたりの CPU 時間。手書きの node:http + pg を 1 とした比
  deep-pages  100 万件の 95 % の深さのページと、1,000 件の最初のページの比
  container   0.25 vCPU・512 MB の中での速さ、メモリー、起動（Linux の root だけ）`;

const measurements = { ratios: measureRatios, 'deep-pages': measureDeepPages, container: measureContainer };

/** Where a measurement gets its data, and how long it measures. */
export interface Bench {
  /** A database of this size of its own; gives its URL. */
  database: (size: DatasetSize) => Promise<string>;
  rounds: number;
  seconds: number;
}

/** Prints what it found; false when a target was missed. */
export type Measurement = (bench: Bench) => Promise<boolean>;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    help: { type: 'boolean' },
  },
});
const chosen = positionals.length > 0 ? positionals : Object.keys(measurements);
const unknown = chosen.find((name) => !Object.hasOwn(measurements, name));
if (values.help || unknown !== undefined) {
  console.log(unknown === undefined ? HELP : `「${unknown}」という測定はありません。\n\n${HELP}`);
  process.exit(unknown === undefined ? 0 : 64);
}

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const postgres = await startPostgres({
  dataDir: join(folder, 'postgres'),
  port: await freePort(),
  user: 'bloguser',
  password: 'blogpassword',
  database: 'postgres',
  settings: { fsync: 'off', shared_buffers: '512MB', max_wal_size: '8GB' },
});
const migrations = readMigrations(join(import.meta.dirname, '../prisma/migrations'));
const database = async (size: DatasetSize) => {
  const name = `bench_${size.articles}`;
  await createDatabase(postgres.url, name);
  await migrate({ url: postgres.urlOf(name), migrations });
  await fill(postgres.urlOf(name), size);
  return postgres.urlOf(name);
};
try {
  for (const name of chosen as (keyof typeof measurements)[]) {
    const reached = await measurements[name]({
      database,
      rounds: Number(values.rounds),
      seconds: Number(values.seconds),
    });
    if (!reached) process.exitCode = 1;
  }
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true });
}
