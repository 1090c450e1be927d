import { fstatSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import getPort from 'get-port';
import { findMoto, RehearsalError, startMoto } from './moto.ts';
import { stopRehearsal } from './process.ts';
import { rehearsalHome, removeState, runningRehearsal, writeState } from './state.ts';

/*
 * The rehearsal AWS as a process. PORT (4566) is its endpoint's port.
 * Ends on SIGTERM and SIGINT, when its standard input (where that is a pipe) closes, and when moto ends.
 */
const home = rehearsalHome;
const say = (line: string) => process.stdout.write(`${line}\n`);

async function run(): Promise<number> {
  const other = await runningRehearsal(home);
  if (other && (other.supervised || !isPipe())) {
    throw new RehearsalError(
      `リハーサル用の AWS はすでに ${other.endpoint} で動いています。そのまま使うか、それを止めてからもう一度実行してください。`,
    );
  }
  if (other) {
    say(`裏で動いていたリハーサル用の AWS（${other.endpoint}）を引き継ぎます。`);
    await stopRehearsal(other);
  }
  const port = Number(process.env.PORT ?? 4566);
  if ((await getPort({ port, host: '127.0.0.1' })) !== port) throw new RehearsalError(portTaken(port));
  await mkdir(home, { recursive: true });
  const command = await findMoto(home, say);
  // Each takes a second of another processor.
  const [moto, { startServer }] = await Promise.all([startMoto(command, home), import('./server.ts')]);
  const ending = new Promise<number>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => resolve(0));
    if (isPipe()) process.stdin.once('close', () => resolve(0)).resume();
    void moto.ended.then(() => resolve(1));
  });
  try {
    const server = await startServer({
      port,
      motoPort: moto.port,
      home,
      live: true,
      log: (line) => console.error(line),
    });
    await writeState(home, {
      endpoint: server.endpoint,
      pid: process.pid,
      startedAt: new Date().toISOString(),
      supervised: isPipe(),
    });
    say(`リハーサル用の AWS が ${server.endpoint} で動いています。`);
    const code = await ending;
    if (code !== 0) console.error('リハーサル用の AWS（moto）が突然終わりました。');
    await removeState(home, process.pid);
    await server.close();
    return code;
  } finally {
    await moto.stop();
  }
}

function portTaken(port: number): string {
  return `ポート ${port} はほかのプログラムが使っています。環境変数 PORT で別の番号を指定してください。`;
}

function isPipe(): boolean {
  const input = fstatSync(0);
  return input.isFIFO() || input.isSocket();
}

try {
  process.exit(await run());
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof RehearsalError) console.error(message);
  else if (code === 'EADDRINUSE') console.error(portTaken(Number(process.env.PORT ?? 4566)));
  else throw error;
  process.exit(1);
}
