import pg from 'pg';
import type { Measurement } from './main.ts';
import { median } from './median.ts';
import { LIST } from './questions.ts';
import { Subject } from './subject.ts';

const LARGEST_FACTOR = 2;

/** The time of a page 95 % deep in 1,000,000 articles, against the first page of 1,000. */
export const measureDeepPages: Measurement = async ({ database, rounds }) => {
  const small = await database({ articles: 1_000, bodyLength: 500 });
  const large = await database({ articles: 1_000_000, bodyLength: 200 });
  const env = {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    CORS_ORIGIN: 'http://localhost:3000',
    SUPABASE_URL: 'http://localhost:54321',
  };
  const few = await Subject.start('../src/main.ts', { ...env, DATABASE_URL: small });
  const many = await Subject.start('../src/main.ts', { ...env, DATABASE_URL: large });
  const first = { query: LIST, variables: { first: 20 } };
  const deep = { query: LIST, variables: { first: 20, after: await cursorAt(large, 950_000) } };
  const times = { few: [] as number[], many: [] as number[] };
  for (let round = 0; round < 20 + rounds * 40; round += 1) {
    // In turns, so that a busy machine disturbs both alike; the first ones only warm up.
    const before = performance.now();
    await few.post('/graphql', first);
    const between = performance.now();
    await many.post('/graphql', deep);
    if (round < 20) continue;
    times.few.push(between - before);
    times.many.push(performance.now() - between);
  }
  const factor = median(times.many) / median(times.few);
  console.log(
    `100 万件の 95 % の深さ: ${median(times.many).toFixed(2)} ms、1,000 件の最初: ${median(times.few).toFixed(2)} ms、${factor.toFixed(2)} 倍（目標 ${LARGEST_FACTOR} 倍以下）`,
  );
  await Promise.all([few.stop(), many.stop()]);
  return factor <= LARGEST_FACTOR;
};

async function cursorAt(url: string, depth: number): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ at: string; id: number }>(
    `SELECT to_char("publishedAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, id FROM "Article"
     ORDER BY "publishedAt" DESC, id DESC OFFSET $1 LIMIT 1`,
    [depth],
  );
  await client.end();
  return Buffer.from(JSON.stringify([rows[0]?.at, rows[0]?.id])).toString('base64url');
}
