import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ECR } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTrial, type Trial } from '../../rehearsal/trial.ts';
import { serverCommit, tagCommit } from './commit-tag.ts';
import { putIndex } from './put-index.ts';

let trial: Trial;
let folder: string;
beforeAll(async () => {
  [trial, folder] = await Promise.all([startTrial(), mkdtemp(join(tmpdir(), 'checkout-'))]);
});
afterAll(async () => {
  await Promise.all([trial.close(), rm(folder, { recursive: true })]);
});

it('names the commit of a checkout whose server is committed, and of no other folder', async () => {
  const git = async (...args: string[]) =>
    (
      await promisify(execFile)('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
        cwd: folder,
      })
    ).stdout.trim();
  expect(await serverCommit(folder)).toBeNull();
  await mkdir(join(folder, 'app/server'), { recursive: true });
  await writeFile(join(folder, 'app/server/main.ts'), '');
  await git('init', '--quiet');
  await git('add', '.');
  await git('commit', '--quiet', '-m', 'one');
  const commit = await git('rev-parse', 'HEAD');
  await writeFile(join(folder, 'notes.md'), '');
  expect(await serverCommit(folder)).toBe(commit);
  expect(await serverCommit(join(folder, 'app'))).toBeNull();
  await writeFile(join(folder, 'app/server/main.ts'), 'changed');
  expect(await serverCommit(folder)).toBeNull();
});

it('the tag goes to the newer image of the same commit; the older one stays under its own', async () => {
  const ecr = trial.client(ECR);
  const repositoryName = 'commits';
  const commit = 'c0ffee'.padEnd(40, '0');
  await ecr.createRepository({ repositoryName, imageTagMutability: 'IMMUTABLE' });
  const tags = async () => {
    const { imageDetails = [] } = await ecr.describeImages({ repositoryName });
    return Object.fromEntries(imageDetails.map(({ imageDigest, imageTags }) => [imageDigest, imageTags?.toSorted()]));
  };
  const first = await putIndex(ecr, repositoryName, '1', { n: '1' });
  await tagCommit(ecr, repositoryName, first, commit);
  expect(await tags()).toEqual({ [first]: ['1', commit] });
  const second = await putIndex(ecr, repositoryName, '2', { n: '2' });
  await tagCommit(ecr, repositoryName, second, commit);
  expect(await tags()).toEqual({ [first]: ['1'], [second]: ['2', commit] });
});
