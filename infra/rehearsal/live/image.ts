import { existsSync } from 'node:fs';
import { glob, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const server = fileURLToPath(new URL('../../../app/server', import.meta.url));
let building: Promise<void> | null = null;

/**
 * Makes sure that the server's bundle (what the image holds) is there and as new as its sources.
 *
 * @throws Error where it can't be built
 */
export function ensureBundle(): Promise<void> {
  building ??= build().finally(() => {
    building = null;
  });
  return building;
}

async function build(): Promise<void> {
  const bundle = join(server, 'dist/src/main.js');
  if (existsSync(bundle) && (await newest()) <= (await stat(bundle)).mtimeMs) return;
  const { exitCode, all } = await execa(process.execPath, ['build.ts'], { cwd: server, reject: false, all: true });
  if (exitCode !== 0) throw new Error(`CannotPullContainerError: サーバーを組み立てられませんでした: ${all.trim()}`);
}

/** When a source was last changed. */
async function newest(): Promise<number> {
  let latest = 0;
  for await (const file of glob(['src/**/*', 'prisma/**/*', 'd1/**/*', 'build.ts'], { cwd: server })) {
    latest = Math.max(latest, (await stat(join(server, file))).mtimeMs);
  }
  return latest;
}
