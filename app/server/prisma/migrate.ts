import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { connectionConfig } from '../src/database/connection.ts';
import { isOutage } from '../src/database/outage.ts';
import { databaseUrl } from '../src/database/url.ts';
import { type Migration, readMigrations } from './migrations.ts';

/** The advisory lock that Prisma's own schema engine takes, so that the two never run at once. */
const PRISMA_LOCK = 72_707_369;

/** As Prisma's schema engine creates it. */
const HISTORY = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

export interface MigrateOptions {
  url: string;
  migrations: Migration[];
  /** How long an unreachable database is tried again; a paused Aurora takes 15 to 30 seconds. */
  waitMs?: number;
  say?: (line: string) => void;
}

/**
 * What `prisma migrate deploy` does, without the CLI, so that it fits in the server's image: the same history table,
 * checksums and lock; each pending migration in order, stopping at the first that fails.
 * @returns the names of the migrations that were applied now.
 * @throws Error with a Japanese sentence when the database is unreachable or a migration failed, now or earlier.
 */
export async function migrate({ url, migrations, waitMs = 60_000, say }: MigrateOptions): Promise<string[]> {
  const client = await connect(url, waitMs, say);
  try {
    await client.query("SET lock_timeout = '60s'");
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK]);
    await client.query("SET lock_timeout = '0'");
    await client.query(HISTORY);
    const pending = await findPending(client, migrations, say);
    for (const migration of pending) {
      say?.(`マイグレーション ${migration.name} を適用しています…`);
      await apply(client, migration);
    }
    return pending.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

async function connect(url: string, waitMs: number, say?: (line: string) => void): Promise<pg.Client> {
  const deadline = Date.now() + waitMs;
  for (let attempt = 1; ; attempt += 1) {
    const client = new pg.Client({ ...connectionConfig(url), connectionTimeoutMillis: 30_000 });
    // A connection that breaks later is reported by the query that it breaks.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (!isOutage(error) || Date.now() > deadline) throw unreachable(error);
      if (attempt === 1) say?.('データベースの応答を待っています…');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

async function findPending(client: pg.Client, migrations: Migration[], say?: (line: string) => void) {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const failed = rows.find((row) => !row.finished);
  if (failed) {
    throw new Error(
      `前回のマイグレーション ${failed.name} が途中で失敗しています。データベースを直してから、pnpm prisma migrate resolve で解決済みにしてください。`,
    );
  }
  const applied = new Map(rows.map((row) => [row.name, row.checksum]));
  return migrations.filter(({ name, checksum }) => {
    const known = applied.get(name);
    if (known !== undefined && known !== checksum) say?.(`注意: ${name} は適用したあとに書き換えられています。`);
    return known === undefined;
  });
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [
    id,
    checksum,
    name,
  ]);
  try {
    await client.query(sql);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // A script that opened its own transaction leaves it aborted.
    await client.query('ROLLBACK');
    await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [id, reason]);
    throw new Error(`マイグレーション ${name} を適用できませんでした: ${reason}`, { cause: error });
  }
  await client.query('UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1', [id]);
}

function unreachable(error: unknown): Error {
  const reason = error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error);
  return new Error(
    `データベースに接続できません（${reason}）。DATABASE_URL と、データベースが動いているかを確かめてください。`,
    {
      cause: error,
    },
  );
}

if (import.meta.main) {
  try {
    const url = databaseUrl(process.env);
    if (!url) throw new Error('環境変数 DATABASE_URL がありません。PostgreSQL の接続先を指定してください。');
    const migrations = readMigrations(join(import.meta.dirname, 'migrations'));
    const applied = await migrate({ url, migrations, say: console.log });
    console.log(
      applied.length > 0
        ? `マイグレーションを ${applied.length} 件適用しました。`
        : 'データベースは最新です。適用するマイグレーションはありません。',
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
