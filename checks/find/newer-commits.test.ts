import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesPort } from '../ports/files.ts';
import { runPort } from '../ports/run.ts';
import { recordingTape } from '../ports/tape.ts';
import type { World } from '../world.ts';
import { newerCommits } from './newer-commits.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commits-'));
  await git('init', '--quiet');
  await write(
    '.github/workflows/deploy-server.yml',
    'on: { push: { branches: [main], paths: [app/server/**] } }\njobs: { deploy: { steps: [{ run: node infra/commands/release.ts deploy }] } }\n',
  );
});
afterAll(() => rm(folder, { recursive: true }));

const git = async (...args: string[]) =>
  (
    await promisify(execFile)('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder })
  ).stdout.trim();

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

/** Changes a file and gives the commit that says so. */
async function commit(path: string, text: string): Promise<string> {
  await write(path, text);
  await git('add', '.');
  await git('commit', '--quiet', '-m', text);
  return git('rev-parse', 'HEAD');
}

const newer = (sha: string) => {
  const tape = recordingTape();
  return newerCommits({ files: filesPort(folder, tape), run: runPort(folder, tape) } as World, sha);
};

test('only what the workflow releases counts, and a commit that Git does not know is told apart', async () => {
  const first = await commit('app/server/src/main.ts', 'one');
  const docs = await commit('docs/a.md', 'two');
  expect(await newer(first)).toEqual([]);
  const server = await commit('app/server/src/deep/er.ts', 'three');
  expect(await newer(first)).toEqual([server]);
  expect(await newer(docs)).toEqual([server]);
  expect(await newer(server)).toEqual([]);
  expect(await newer('c0ffee'.padEnd(40, '0'))).toBeNull();
});
