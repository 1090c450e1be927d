import { deepStrictEqual } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../dev/postgres.ts';
import { migrate } from '../prisma/migrate.ts';
import { readMigrations } from '../prisma/migrations.ts';
import { freePort } from '../test/postgres.ts';
import { fill } from './dataset.ts';
import { Subject } from './subject.ts';

/*
 * pnpm bench: the API's CPU time per request as a ratio to a hand-written node:http + pg server with the same answer,
 * both measured in turns in one run, since only that ratio is comparable between machines.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    articles: { type: 'string', default: '10000' },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);

const LIST = `query Articles($first: Int) { articles(first: $first) {
  nodes { id title excerpt publishedAt author { id name } tags { id name } } pageInfo { hasNextPage endCursor } } }`;
const ARTICLE = `query Article($id: ID!) { article(id: $id) { id title body publishedAt author { id name } tags { id name } } }`;

/** What is asked, in the words of either side, and the ratio that must be reached. */
const questions = [
  {
    name: '一覧 20 件（著者・タグ付き）',
    api: { query: LIST, variables: { first: 20 } },
    baseline: { first: 20 },
    target: 0.4,
  },
  {
    name: '記事 1 件（本文・著者・タグ）',
    api: { query: ARTICLE, variables: { id: '5000' } },
    baseline: { id: 5000 },
    target: 0.3,
  },
];

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const postgres = await startPostgres({
  dataDir: join(folder, 'postgres'),
  port: await freePort(),
  user: 'bloguser',
  password: 'blogpassword',
  database: 'blogdb',
  settings: { fsync: 'off', shared_buffers: '512MB' },
});
try {
  await migrate({ url: postgres.url, migrations: readMigrations(join(import.meta.dirname, '../prisma/migrations')) });
  await fill(postgres.url, { articles: Number(values.articles), bodyLength: 2_000 });
  const env = { DATABASE_URL: postgres.url, NODE_ENV: 'production', HOST: '127.0.0.1' };
  const api = await Subject.start('../src/main.ts', {
    ...env,
    CORS_ORIGIN: 'http://localhost:3000',
    SUPABASE_URL: 'http://localhost:54321',
  });
  const baseline = await Subject.start('baseline.ts', env);
  let reached = true;
  for (const { name, api: asked, baseline: plain, target } of questions) {
    deepStrictEqual(await api.post('/graphql', asked), await baseline.post('/', plain), '2 つの答えが違います');
    await api.load('/graphql', asked, 3, 10);
    await baseline.load('/', plain, 3, 10);
    const results = [];
    for (let round = 0; round < rounds; round += 1) {
      const theirs = await baseline.load('/', plain, seconds, 10);
      const ours = await api.load('/graphql', asked, seconds, 10);
      results.push({ theirs, ours, ratio: theirs.cpuMs / ours.cpuMs });
    }
    const errors = results.reduce((sum, { ours, theirs }) => sum + ours.errors + theirs.errors, 0);
    const ratio = median(results.map((result) => result.ratio));
    reached &&= ratio >= target && errors === 0;
    console.log(`${name}: 比 ${ratio.toFixed(2)}（目標 ${target} 以上）、エラー ${errors}`);
    console.log(`  API     ${format(results.map(({ ours }) => ours))}`);
    console.log(`  手書き  ${format(results.map(({ theirs }) => theirs))}`);
  }
  await Promise.all([api.stop(), baseline.stop()]);
  process.exitCode = reached ? 0 : 1;
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true });
}

function format(loads: { cpuMs: number; requestsPerSecond: number }[]): string {
  const cpu = median(loads.map(({ cpuMs }) => cpuMs)).toFixed(3);
  const rate = median(loads.map(({ requestsPerSecond }) => requestsPerSecond)).toFixed(0);
  return `CPU ${cpu} ms/件、${rate} 件/秒`;
}

function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
