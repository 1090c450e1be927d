import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { MigrationsTried } from '../ports/app.ts';
import { throwAwayPostgres } from './postgres.ts';

/** Applies migrations to a throw-away PostgreSQL with Prisma's own command, then compares the outcome with the schema. */
export async function tryMigrations(root: string, schema: string, migrations: string): Promise<MigrationsTried> {
  const postgres = await throwAwayPostgres(root);
  try {
    const { exitCode, said } = await migrateDeploy(root, schema, migrations, postgres);
    if (exitCode !== 0) return { applied: false, said, drift: null };
    const diff = await prisma(root, schema, migrations, postgres, [
      'diff',
      '--from-config-datasource',
      '--to-schema',
      schema,
    ]);
    // An engine that breaks down says nothing and still ends with 0: only its own words count.
    if (diff.said.includes('No difference detected')) return { applied: true, said, drift: null };
    if (diff.exitCode !== 0 || diff.stdout.trim() === '') {
      throw Object.assign(new Error(last(diff.said)), { name: 'PrismaFailed' });
    }
    return { applied: true, said, drift: diff.stdout.trim() };
  } finally {
    await postgres.stop();
  }
}

/** `prisma migrate deploy` on this database and no other. */
export function migrateDeploy(root: string, schema: string, migrations: string, to: { url: string; folder: string }) {
  return prisma(root, schema, migrations, to, ['deploy']);
}

/**
 * The repository's Prisma with a configuration of our own: the one beside the app might name a database that is in use.
 */
async function prisma(
  root: string,
  schema: string,
  migrations: string,
  { url, folder }: { url: string; folder: string },
  args: string[],
) {
  const server = join(root, 'app/server');
  const config = join(folder, 'prisma.config.mjs');
  await writeFile(
    config,
    `export default ${JSON.stringify({ schema, migrations: { path: migrations }, datasource: { url } })};\n`,
  );
  const { exitCode, stdout, stderr } = await execa(
    join(server, 'node_modules/.bin/prisma'),
    ['migrate', ...args, '--config', config],
    {
      cwd: server,
      reject: false,
      stdin: 'ignore',
      timeout: 60_000,
      env: {
        NO_COLOR: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        PRISMA_SCHEMA_ENGINE_BINARY: join(server, 'prisma/schema-engine.ts'),
      },
    },
  );
  return { exitCode: exitCode ?? 1, stdout, said: last(`${stdout}\n${stderr}`) };
}

function last(text: string): string {
  return text.trim().slice(-1500);
}
