import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../test/database.ts';
import { migrate } from './migrate.ts';
import { readMigrations } from './migrations.ts';

const root = join(import.meta.dirname, '..');
const migrations = readMigrations(join(import.meta.dirname, 'migrations'));
const names = migrations.map(({ name }) => name);

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase({ migrated: false });
});
afterEach(() => database.drop());

const run = promisify(execFile);

/** Prisma's own CLI; its output, with the exit code. */
async function prisma(...args: string[]): Promise<{ code: number; output: string }> {
  const env = { ...process.env, DATABASE_URL: database.url, NO_COLOR: '1', CHECKPOINT_DISABLE: '1' };
  const file = join(root, 'node_modules/prisma/build/index.js');
  try {
    const { stdout, stderr } = await run(process.execPath, [file, ...args], { cwd: root, env });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

const history = async () =>
  (
    await database.client.query(
      `SELECT migration_name, checksum, applied_steps_count, logs, rolled_back_at, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations ORDER BY migration_name`,
    )
  ).rows;

describe('what our migrate leaves', () => {
  it('is up to date and without drift for Prisma’s own status and diff', async () => {
    expect(await migrate({ url: database.url, migrations })).toEqual(names);
    const status = await prisma('migrate', 'status');
    expect(status).toMatchObject({ code: 0, output: expect.stringContaining('Database schema is up to date!') });
    const diff = await prisma(
      'migrate',
      'diff',
      '--from-config-datasource',
      '--to-schema',
      'prisma/schema.prisma',
      '--exit-code',
    );
    expect(diff).toMatchObject({ code: 0, output: expect.stringContaining('No difference detected') });
  });

  it('has the same history, row for row, as Prisma’s own deploy', async () => {
    await migrate({ url: database.url, migrations });
    const ours = await history();
    await database.client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    expect((await prisma('migrate', 'deploy')).code).toBe(0);
    expect(await history()).toEqual(ours);
    expect(await migrate({ url: database.url, migrations })).toEqual([]);
  });

  it('is seen to drift when someone changes the database by hand', async () => {
    await migrate({ url: database.url, migrations });
    await database.client.query('ALTER TABLE "User" ADD COLUMN extra TEXT');
    const { code, output } = await prisma(
      'migrate',
      'diff',
      '--from-config-datasource',
      '--to-schema',
      'prisma/schema.prisma',
      '--exit-code',
    );
    expect(code).toBe(2);
    expect(output).toContain('extra');
  });
});

describe('migrating', () => {
  it('applies each migration once, however many tasks start at once', async () => {
    const applied = await Promise.all([1, 2, 3].map(() => migrate({ url: database.url, migrations })));
    expect(applied.flat().toSorted()).toEqual(names);
    expect(await history()).toHaveLength(names.length);
  });

  it('stops at the one that fails, keeps nothing of it, says why, and refuses to go on', async () => {
    const broken = [
      ...migrations.slice(0, 1),
      { name: '20261124000000_broken', sql: 'CREATE TABLE half (id INT); SELECT 1 / 0;', checksum: 'x' },
      { name: '20261125000000_later', sql: 'CREATE TABLE later (id INT)', checksum: 'y' },
    ];
    await expect(migrate({ url: database.url, migrations: broken })).rejects.toThrow(
      '20261124000000_broken を適用できませんでした: division by zero',
    );
    const { rows } = await database.client.query(`SELECT to_regclass('half') AS half, to_regclass('later') AS later`);
    expect(rows).toEqual([{ half: null, later: null }]);
    expect((await history()).at(-1)).toMatchObject({ finished: false, logs: 'division by zero' });
    await expect(migrate({ url: database.url, migrations })).rejects.toThrow(
      '20261124000000_broken が途中で失敗しています',
    );
    expect((await prisma('migrate', 'status')).output).toContain('20261124000000_broken');
  });

  it('says when an applied migration was edited', async () => {
    await migrate({ url: database.url, migrations });
    const said: string[] = [];
    const edited = migrations.map((one, index) => (index === 0 ? { ...one, checksum: 'edited' } : one));
    expect(await migrate({ url: database.url, migrations: edited, say: (line) => said.push(line) })).toEqual([]);
    expect(said).toEqual([`注意: ${names[0]} は適用したあとに書き換えられています。`]);
  });

  it('gives one sentence, without the password, where no database answers', async () => {
    const url = 'postgresql://bloguser:s3cr3t@127.0.0.1:1/blogdb';
    const failure = await migrate({ url, migrations, waitMs: 0 }).catch((error: Error) => error.message);
    expect(failure).toContain('データベースに接続できません');
    expect(failure).not.toContain('s3cr3t');
  });
});
