import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { freePort } from '../test/postgres.ts';

let folder: string;
let dataDir: string;
let port: number;
let child: ChildProcess;
let output: string;

beforeEach(async () => {
  // A folder that only its owner may enter, as `mktemp -d` makes and as /root is.
  folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  dataDir = join(folder, 'data');
  port = await freePort();
});
afterEach(async () => {
  child.kill('SIGTERM');
  await ended();
  await vi.waitFor(() => expect(postmaster()).toBeNull(), { timeout: 20_000 });
  rmSync(folder, { recursive: true });
});

function launch(onPort = port) {
  output = '';
  child = spawn(process.execPath, [join(import.meta.dirname, 'database.ts')], {
    env: { ...process.env, PGDATA: dataDir, PGPORT: String(onPort) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
}
async function start(): Promise<string> {
  launch();
  await vi.waitFor(() => expect(output).toContain('postgresql://'), { timeout: 60_000 });
  return output.trim();
}
const ended = async () => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
};
/** The pid of the server on this data, null when none runs. */
function postmaster(): number | null {
  try {
    const pid = Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}
async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(text);
  await client.end();
  return rows;
}

it('keeps its data over a stop, speaks UTF-8 in a pinned locale, and lets nobody in without the password', async () => {
  const url = await start();
  await query(url, `CREATE TABLE note (text TEXT); INSERT INTO note VALUES ('東京🗼')`);
  child.kill('SIGTERM');
  expect(await ended()).toBe(0);
  expect(postmaster()).toBeNull();
  await start();
  expect(await query(url, "SELECT text, lower('ＡÉ') AS lower FROM note")).toEqual([{ text: '東京🗼', lower: 'ａé' }]);
  await expect(query(url.replace('blogpassword', 'wrong'), 'SELECT 1')).rejects.toThrow(
    'password authentication failed',
  );
}, 120_000);

it('ends when its parent’s end of the standard input closes', async () => {
  await start();
  child.stdin?.end();
  expect(await ended()).toBe(0);
  expect(postmaster()).toBeNull();
}, 120_000);

it('takes PostgreSQL along even when it is killed, and recovers what was committed', async () => {
  const url = await start();
  await query(url, 'CREATE TABLE note (text TEXT)');
  child.kill('SIGKILL');
  await vi.waitFor(() => expect(postmaster()).toBeNull(), { timeout: 20_000 });
  await start();
  expect(await query(url, 'SELECT count(*)::int FROM note')).toEqual([{ count: 0 }]);
}, 120_000);

it('survives PostgreSQL itself being killed: it says so, and the next start recovers', async () => {
  const url = await start();
  await query(url, 'CREATE TABLE note (text TEXT)');
  process.kill(postmaster() as number, 'SIGKILL');
  expect(await ended()).toBe(1);
  expect(output).toContain('PostgreSQL が止まりました');
  await start();
  expect(await query(url, 'SELECT count(*)::int FROM note')).toEqual([{ count: 0 }]);
}, 120_000);

it('says which port is taken', async () => {
  const other = createServer();
  await new Promise<void>((listening) => {
    other.listen(port, '127.0.0.1', listening);
  });
  launch();
  expect(await ended()).toBe(1);
  expect(output).toContain(`ポート ${port} は別のプログラムが使っています`);
  other.close();
}, 120_000);
