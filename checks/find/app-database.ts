import { posix } from 'node:path';
import type { World } from '../world.ts';
import { appPackages } from './app-packages.ts';

/** How the server's database is described. */
export interface AppDatabase {
  /** Prisma's schema, relative to the root package's folder; null where there is none. */
  schema: { file: string; provider: string | null; line: number } | null;
  /** The folder of Prisma's migrations, and the names of those in it. */
  migrations: { folder: string; names: string[] } | null;
}

/** The Prisma schema and migrations of the server's package. */
export async function appDatabase(world: World): Promise<AppDatabase> {
  const { files } = world.app;
  const { server } = await appPackages(world);
  if (!server) return { schema: null, migrations: null };
  const [file] = await files.list(posix.join(server.folder, '{prisma/,}schema.prisma'));
  if (file === undefined) return { schema: null, migrations: null };
  const text = (await files.read(file)) ?? '';
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^\s*datasource\s/.test(line));
  const at = lines.findIndex((line, index) => index > start && /^\s*provider\s*=/.test(line));
  const provider = start === -1 || at === -1 ? null : (/"(.+?)"/.exec(lines[at] ?? '')?.[1] ?? null);
  const folder = posix.join(posix.dirname(file), 'migrations');
  const found = await files.list(posix.join(folder, '*/migration.sql'));
  return {
    schema: { file, provider, line: (at === -1 ? Math.max(start, 0) : at) + 1 },
    migrations: found.length === 0 ? null : { folder, names: found.map((path) => posix.basename(posix.dirname(path))) },
  };
}
