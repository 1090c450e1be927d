import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';

const program = fileURLToPath(new URL('../../../app/server/dev/database.ts', import.meta.url));

/** A PostgreSQL of this machine that stands for an Aurora cluster. */
export interface Postgres {
  port: number;
  ended: Promise<unknown>;
  /** Ends it; its data stays. */
  stop: () => Promise<void>;
}

/**
 * Starts a PostgreSQL and waits until it answers. It ends with this process, however that ends.
 *
 * @throws Error where it doesn't start, in its own words
 */
export async function startPostgres(options: {
  folder: string;
  user: string;
  password: string;
  database: string;
}): Promise<Postgres> {
  const port = await getPort({ host: '127.0.0.1' });
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env.PATH,
      PGPORT: String(port),
      PGDATA: options.folder,
      PGUSER: options.user,
      PGPASSWORD: options.password,
      PGDATABASE: options.database,
    },
    // It watches its standard input, and ends when that closes.
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  child.stdin.on('error', () => {});
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = chunk.toString().trim();
  });
  const ended = new Promise<unknown>((resolve) => child.once('exit', resolve));
  const answers = new Promise<'ready'>((resolve) => child.stdout.once('data', () => resolve('ready')));
  if ((await Promise.race([answers, ended])) !== 'ready') throw new Error(said);
  return {
    port,
    ended,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
