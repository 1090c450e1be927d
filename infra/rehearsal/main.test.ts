import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runningRehearsal } from './state.ts';

// Python and the SDK take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const main = fileURLToPath(new URL('main.ts', import.meta.url));
let state: string;
let home: string;
const started: ChildProcess[] = [];

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'rehearsal-main-'));
  home = join(state, 'rehearsal');
});
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await expect.poll(motos, { timeout: 20_000 }).toEqual([]);
  await rm(state, { recursive: true, force: true });
});

/** Starts the process; `stdin` as `npm start` (a pipe) or as `pnpm rehearse up` (nothing) gives it. */
function start(env: NodeJS.ProcessEnv, stdin: 'pipe' | 'ignore' = 'pipe') {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, BLOG_AWS_PRACTICE_STATE: state, ...env },
    stdio: [stdin, 'pipe', 'pipe'],
  });
  started.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, ended, output: () => output };
}

/** The moto processes that write to this test's folder. */
function motos(): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      try {
        const isZombie = readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
        return !isZombie && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`BLOG_AWS_PRACTICE_STATE=${state}\0`);
      } catch {
        return false;
      }
    })
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('moto_server'));
}

const up = () => expect.poll(() => runningRehearsal(home), { timeout: 60_000, interval: 100 }).not.toBeNull();

it('tells where it is, ends on SIGTERM, and leaves no state file and no moto', async () => {
  const port = await getPort();
  const { child, ended, output } = start({ PORT: String(port) });
  await up();
  expect(JSON.parse(readFileSync(join(home, 'state.json'), 'utf8'))).toEqual({
    endpoint: `http://127.0.0.1:${port}`,
    pid: child.pid,
    startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    supervised: true,
  });
  expect(output()).toContain(`http://127.0.0.1:${port} で動いています`);
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain('リハーサル用の AWS');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(existsSync(join(home, 'state.json'))).toBe(false);
  expect(motos()).toEqual([]);
});

it('ends when its standard input closes', async () => {
  const { child, ended } = start({ PORT: String(await getPort()) });
  await up();
  child.stdin?.end();
  expect(await ended).toBe(0);
  expect(motos()).toEqual([]);
});

it('takes moto with it when it is killed, and the next start goes on', async () => {
  const { child, ended } = start({ PORT: String(await getPort()) });
  await up();
  expect(motos()).not.toEqual([]);
  child.kill('SIGKILL');
  await ended;
  await expect.poll(motos, { timeout: 10_000 }).toEqual([]);
  expect(await runningRehearsal(home)).toBeNull();
  start({ PORT: String(await getPort()) });
  await up();
});

it('takes over from one that runs in the background, but not from another npm start', async () => {
  const background = start({ PORT: String(await getPort()) }, 'ignore');
  await up();
  const second = start({ PORT: String(await getPort()) });
  expect(await background.ended).toBe(0);
  await up();
  expect(second.output()).toContain('引き継ぎます');
  const third = start({ PORT: String(await getPort()) });
  expect(await third.ended).toBe(1);
  expect(third.output()).toMatch(/^リハーサル用の AWS はすでに http:\S+ で動いています。.*\n$/);
});

it('says in one sentence that its port is taken', async () => {
  const port = await getPort();
  const other = createServer().listen(port, '127.0.0.1');
  const { ended, output } = start({ PORT: String(port) });
  expect(await ended).toBe(1);
  expect(output()).toBe(
    `ポート ${port} はほかのプログラムが使っています。環境変数 PORT で別の番号を指定してください。\n`,
  );
  expect(motos()).toEqual([]);
  other.close();
});

it('says in one sentence that there is neither moto nor Python nor a container engine', async () => {
  const { ended, output } = start({ PORT: String(await getPort()), PATH: '/nowhere' });
  expect(await ended).toBe(1);
  expect(output()).toMatch(/^リハーサル用の AWS を動かすには Python 3\.10 以上.*実行してください。\n$/);
});

it('starts though the journal was cut off in the middle of a line', async () => {
  const first = start({ PORT: String(await getPort()) });
  await up();
  first.child.kill('SIGTERM');
  await first.ended;
  await writeFile(join(home, 'journal.jsonl'), `${readFileSync(join(home, 'journal.jsonl'), 'utf8')}{"number":`);
  const second = start({ PORT: String(await getPort()) });
  await up();
  expect(second.output()).toMatch(/^リハーサル用の AWS が http:\S+ で動いています。\n$/);
});
