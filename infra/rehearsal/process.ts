import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import getPort, { portNumbers } from 'get-port';
import type { OpenListener } from './live/load-balancing.ts';
import type { Pages } from './live/page.ts';
import { RehearsalError } from './moto.ts';
import { type RehearsalState, runningRehearsal } from './state.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const defaultPort = 4566;

/**
 * Starts the rehearsal in the background and waits until it answers; it outlives this process.
 * A busy default port is replaced by the next free one, said aloud.
 *
 * @param say gets what the rehearsal says on its way (e.g. that it fetches moto), one Japanese sentence at a time
 * @throws RehearsalError where it doesn't come up, in the words in which it said why
 */
export async function startInBackground(home: string, say: (line: string) => void): Promise<RehearsalState> {
  await mkdir(home, { recursive: true });
  const wanted = Number(process.env.PORT ?? defaultPort);
  const port = await getPort({ port: portNumbers(wanted, wanted + 99), host: '127.0.0.1' });
  if (port !== wanted) say(`ポート ${wanted} は使われているので、${port} を使います。`);
  const file = join(home, 'rehearsal.log');
  const log = await open(file, 'w');
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', log.fd, log.fd],
    detached: true,
  });
  await log.close();
  let told = 0;
  const output = async () => (await readFile(file, 'utf8')).split('\n').slice(0, -1);
  for (;;) {
    const lines = await output();
    const running = await runningRehearsal(home);
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (running === null && ended) throw new RehearsalError(lines.slice(told).join('\n'));
    for (const line of lines.slice(told)) if (running === null) say(line);
    told = lines.length;
    if (running !== null) {
      child.unref();
      return running;
    }
    await sleep(100);
  }
}

/**
 * Ends a running rehearsal and waits until it is gone. What was built stays in its folder.
 *
 * @throws RehearsalError where it belongs to `npm start`, which would end everything else too
 */
export async function stopRehearsal(state: RehearsalState): Promise<void> {
  if (state.supervised) {
    throw new RehearsalError(
      'このリハーサルは npm start が動かしています。npm start の画面で Ctrl-C を押すと、いっしょに終わります。',
    );
  }
  process.kill(state.pid, 'SIGTERM');
  while (isAlive(state.pid)) await sleep(50);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Where the load balancers' listeners answer on this machine. */
export async function listeners({ endpoint }: RehearsalState): Promise<OpenListener[]> {
  const answer = await fetch(`${endpoint}/_rehearsal/listeners`);
  return (await answer.json()) as OpenListener[];
}

/** Where the page's Workers answer; null while none is published. */
export async function publishedPages({ endpoint }: RehearsalState): Promise<Pages | null> {
  return (await (await fetch(`${endpoint}/_rehearsal/page`)).json()) as Pages | null;
}

/**
 * Builds the page for a running rehearsal and publishes it.
 *
 * @throws RehearsalError where it can't be built
 */
export async function publishPages({ endpoint }: RehearsalState): Promise<Pages> {
  const answer = await fetch(`${endpoint}/_rehearsal/page`, { method: 'POST' });
  if (!answer.ok) throw new RehearsalError(((await answer.json()) as { message: string }).message);
  return (await answer.json()) as Pages;
}

/** Makes a running rehearsal forget everything that was built. */
export function resetRehearsal({ endpoint }: RehearsalState): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(`${endpoint}/_rehearsal/reset`, { method: 'POST' }, (answer) => {
      answer.resume();
      if (answer.statusCode === 200) answer.once('end', resolve);
      else
        reject(
          new RehearsalError(
            'リハーサルを空にできませんでした。pnpm rehearse down で止めてから、もう一度実行してください。',
          ),
        );
    });
    call.on('error', reject).end();
  });
}
