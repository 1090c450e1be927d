import { createHash } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { connectionConfig } from '../src/database/connection.ts';
import { databaseUrl } from '../src/database/url.ts';
import { excerptOf } from '../src/schema/article/excerpt.ts';
import { readSamples, type Sample } from './seed/sample.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export interface SeedOptions {
  url: string;
  samples: Sample[];
  /** Add the samples although people have written already. */
  force?: boolean;
}

/**
 * Writes the sample articles with their authors, tags and comments, all or none.
 * @returns how many articles were written; null when the database is not empty, which is then left as it is.
 */
export async function seed({ url, samples, force = false }: SeedOptions): Promise<number | null> {
  const client = new pg.Client({ ...connectionConfig(url), connectionTimeoutMillis: 30_000 });
  await client.connect();
  try {
    await client.query('BEGIN');
    // Two seeds at once would both find it empty.
    await client.query('LOCK TABLE "User" IN SHARE ROW EXCLUSIVE MODE');
    const { rowCount } = await client.query('SELECT 1 FROM "User" UNION ALL SELECT 1 FROM "Article" LIMIT 1');
    if (rowCount && !force) {
      await client.query('ROLLBACK');
      return null;
    }
    const authors = await writeAuthors(client, samples);
    const now = Date.now();
    let written = 0;
    for (const [index, sample] of samples.entries()) {
      if (await writeArticle(client, sample, authors, now - index * HOUR_MS)) written += 1;
    }
    await client.query('COMMIT');
    return written;
  } finally {
    await client.end();
  }
}

async function writeAuthors(client: pg.Client, samples: Sample[]): Promise<Map<string, number>> {
  const names = new Set(samples.flatMap(({ author, comments }) => [author, ...comments.map((one) => one.author)]));
  const ids = new Map<string, number>();
  for (const name of names) {
    // Nobody can sign in as them: no account at the sign-in service has such a sub.
    const sub = `sample-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
    const { rows } = await client.query<{ id: number }>(
      `INSERT INTO "User" (sub, email, name, "createdAt", "updatedAt")
       VALUES ($1, $1 || '@example.invalid', $2, now() AT TIME ZONE 'UTC' - interval '60 days', now() AT TIME ZONE 'UTC')
       ON CONFLICT (sub) DO UPDATE SET name = excluded.name RETURNING id`,
      [sub, name],
    );
    ids.set(name, (rows[0] as { id: number }).id);
  }
  return ids;
}

/** @returns false when this author has an article of this title already. */
async function writeArticle(
  client: pg.Client,
  { title, author, tags, daysAgo, comments, body }: Sample,
  authors: Map<string, number>,
  now: number,
): Promise<boolean> {
  const authorId = authors.get(author);
  const known = await client.query('SELECT 1 FROM "Article" WHERE title = $1 AND "authorId" = $2', [title, authorId]);
  if (known.rowCount) return false;
  const writtenAt = new Date(now - (daysAgo ?? 0) * DAY_MS);
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO "Article" (title, body, excerpt, "authorId", "publishedAt", "createdAt", "updatedAt")
     VALUES ($1, $2, $3, $4, $5, $6, $6) RETURNING id`,
    [
      title,
      body,
      excerptOf(body),
      authorId,
      daysAgo === null ? null : writtenAt.toISOString(),
      writtenAt.toISOString(),
    ],
  );
  const { id } = rows[0] as { id: number };
  await client.query('INSERT INTO "Tag" (name) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [tags]);
  await client.query(
    `INSERT INTO "ArticleTag" ("articleId", "tagId")
     SELECT $1, id FROM "Tag" WHERE lower(name) IN (SELECT lower(name) FROM unnest($2::text[]) AS given (name))`,
    [id, tags],
  );
  for (const [index, comment] of comments.entries()) {
    await client.query('INSERT INTO "Comment" (body, "articleId", "authorId", "createdAt") VALUES ($1, $2, $3, $4)', [
      comment.body,
      id,
      authors.get(comment.author),
      new Date(Math.min(writtenAt.getTime() + (index + 1) * 5 * HOUR_MS, now)).toISOString(),
    ]);
  }
  return true;
}

if (import.meta.main) {
  try {
    const url = databaseUrl(process.env);
    if (!url) throw new Error('環境変数 DATABASE_URL がありません。PostgreSQL の接続先を指定してください。');
    const samples = readSamples(join(import.meta.dirname, 'seed'));
    const written = await seed({ url, samples, force: process.argv.includes('--force') });
    console.log(
      written === null
        ? 'すでにデータがあるので、見本の記事は入れませんでした（入れるときは --force を付けてください）。'
        : `見本の記事を ${written} 件入れました。`,
    );
  } catch (error) {
    const reason =
      error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error);
    const notMigrated = error instanceof Error && 'code' in error && error.code === '42P01';
    console.error(
      notMigrated
        ? 'データベースに表がありません。先にマイグレーション（prisma/migrate.ts）を実行してください。'
        : `見本の記事を入れられませんでした: ${reason}`,
    );
    process.exit(1);
  }
}
