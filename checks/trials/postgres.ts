import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.ts';

/** An empty PostgreSQL of its own, gone when stopped. */
export interface ThrowAway {
  url: string;
  /** A folder that goes with it. */
  folder: string;
  stop: () => Promise<void>;
}

/**
 * Starts the PostgreSQL that the repository at `root` brings along, in a temporary folder and on a free port.
 * @throws Error named `NoPostgres` where it can't run on this machine
 */
export async function throwAwayPostgres(root: string): Promise<ThrowAway> {
  const folder = await mkdtemp(join(tmpdir(), 'check-'));
  const child = spawn(process.execPath, [join(root, 'app/server/dev/database.ts')], {
    env: { ...process.env, PGPORT: String(await freePort()), PGDATA: join(folder, 'data') },
    // It ends when its standard input closes, so also when this process is killed.
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  const stop = async () => {
    child.stdin.end();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('postgresql://')) continue;
    child.stdout.resume();
    return { url: line.trim(), folder, stop };
  }
  await stop();
  throw Object.assign(new Error(said.trim()), { name: 'NoPostgres' });
}
