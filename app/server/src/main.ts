import { fstatSync } from 'node:fs';
import { join } from 'node:path';
import { migrationNames } from '../prisma/migrations.ts';
import { readEnv } from './env.ts';
import { createLogger } from './log.ts';
import { type RunningServer, startServer } from './server.ts';

/** Starts the server and ends it on a signal. */
async function run(): Promise<void> {
  const env = readEnv(process.env);
  const log = createLogger(env.logLevel);
  const server = await startServer(env, log, migrationNames(join(import.meta.dirname, '../prisma/migrations')));
  log.info({ ...server.address, introspection: env.introspection }, 'listening');
  stopOnSignals(server, (reason) => log.info({ reason }, 'stopping'));
  if (!env.production) stopWithParent();
  await server.warm;
  log.info('warm');
}

// Without a top-level await, so that it can be bundled into one script.
run().catch((error: unknown) => {
  console.error(explain(error));
  process.exit(1);
});

/** The first signal drains; a second one ends at once. */
function stopOnSignals(server: RunningServer, announce: (reason: string) => void): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, async () => {
      announce(signal);
      await server.stop();
      process.exit(0);
    });
  }
}

/** In development the server ends with the process that started it and holds its standard input open. */
function stopWithParent(): void {
  const input = fstatSync(0, { throwIfNoEntry: false });
  if (!input || !(input.isFIFO() || input.isSocket())) return;
  process.stdin.once('end', () => process.kill(process.pid, 'SIGTERM')).resume();
  process.stdin.unref();
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    return `ポート ${process.env.PORT ?? 4000} は別のプログラムが使っています。PORT に空いている番号を指定してください。`;
  }
  return error.message;
}
