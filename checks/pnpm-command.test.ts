import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pnpmCommand } from './pnpm-command.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pnpm-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(path: string): Promise<string> {
  const home = join(folder, path);
  await mkdir(home, { recursive: true });
  const file = join(home, process.platform === 'win32' ? 'pnpm.cmd' : 'pnpm');
  await writeFile(file, '');
  await chmod(file, 0o755);
  return home;
}

test('pnpm that the learner installed is called by its name', async () => {
  expect(pnpmCommand(['/nowhere', await put('bin')].join(delimiter))).toBe('pnpm');
});

test('one that only this repository or npx brought is not the learner’s', async () => {
  const path = [await put('repo/node_modules/.bin'), await put('_npx/ab12/node_modules/.bin')].join(delimiter);
  expect(pnpmCommand(path)).toBe('npx pnpm');
});
