import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createDatabase } from '../dev/postgres.ts';

/** A database of its own for a test file. */
export interface TestDatabase {
  url: string;
  name: string;
  /** The server's maintenance database, to create and drop others from. */
  adminUrl: string;
  /** A connection for looking and preparing. */
  client: pg.Client;
  drop: () => Promise<void>;
}

/** @param migrated false gives a database without any table. */
export async function createTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const template = new URL(inject('templateUrl'));
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const at = (database: string) => Object.assign(new URL(template), { pathname: `/${database}` }).href;
  const adminUrl = at('postgres');
  await createDatabase(adminUrl, name, migrated ? template.pathname.slice(1) : 'template0');
  const client = new pg.Client({ connectionString: at(name) });
  client.on('error', () => undefined);
  await client.connect();
  return {
    url: at(name),
    name,
    adminUrl,
    client,
    drop: async () => {
      await client.end().catch(() => undefined);
      const admin = new pg.Client({ connectionString: adminUrl });
      await admin.connect();
      await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      await admin.end();
    },
  };
}
