import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const server = fileURLToPath(new URL('../../../app/server', import.meta.url));
const cache = fileURLToPath(new URL('../../../node_modules/.cache/rehearsal-images', import.meta.url));

let building: Promise<string> | null = null;

/**
 * The folder with the server's bundle, which is what the image holds; built anew where the sources changed. What runs
 * keeps its own folder, so that a build never pulls the files away from under it.
 *
 * @throws Error where it can't be built
 */
export function serverBundle(): Promise<string> {
  building ??= build().finally(() => {
    building = null;
  });
  return building;
}

async function build(): Promise<string> {
  const folder = join(cache, await sourcesHash());
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${crypto.randomUUID()}`;
  const { exitCode, all } = await execa(process.execPath, ['build.ts', unfinished], {
    cwd: server,
    reject: false,
    all: true,
  });
  if (exitCode !== 0) throw new Error(`CannotPullContainerError: サーバーを組み立てられませんでした: ${all.trim()}`);
  // Another rehearsal of this repository may have been quicker.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true, force: true }));
  return folder;
}

async function sourcesHash(): Promise<string> {
  const hash = createHash('sha256');
  const files: string[] = [];
  const sources = glob(['src/**/*.*', 'prisma/**/*.*', 'd1/**/*.*', '*.ts'], { cwd: server });
  for await (const file of sources) files.push(file);
  for (const file of files.toSorted()) hash.update(`${file}\0`).update(await readFile(join(server, file)));
  return hash.digest('hex').slice(0, 16);
}
