import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../dev/postgres.ts';
import { migrate } from '../prisma/migrate.ts';
import { readMigrations } from '../prisma/migrations.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection URL of a migrated, empty database that tests copy, never write. */
    templateUrl: string;
  }
}

/** One real PostgreSQL for the whole run; each test file copies the migrated database (see blog.ts). */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'server-test-'));
  const postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    port: await freePort(),
    user: 'bloguser',
    password: 'blogpassword',
    database: 'template_blog',
    // The data lives as long as the run, so nothing has to survive a crash.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  const migrations = readMigrations(join(import.meta.dirname, '../prisma/migrations'));
  await migrate({ url: postgres.url, migrations });
  project.provide('templateUrl', postgres.url);
  return async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true });
  };
}

/** A TCP port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const address = server.address();
  await new Promise((closed) => {
    server.close(closed);
  });
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
