import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { explainer } from '../../unknown.ts';
import { ofExample } from '../example-blog.ts';
import check from './build.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-'));
  vi.stubEnv('PATH', folder);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** A command named docker that answers `info`, and whose build does as told. */
async function docker(build: string) {
  const script = `#!/bin/sh\n[ "$1" = info ] && exit 0\n${build}\n`;
  await writeFile(join(folder, 'docker'), script);
  await chmod(join(folder, 'docker'), 0o755);
}

test('is unknown where no engine runs, and says so without blame', async () => {
  const failed = await ofExample(check).catch((error: unknown) => error);
  expect(explainer(false)(failed, 'chapter-1/container/build').sentence).toContain('Docker か Podman が動いていない');
});

test('passes where the engine builds for the processors of Fargate', async () => {
  await docker('[ "$3" = linux/amd64 ] && [ -f "$5" ] && [ -d "$6" ]');
  expect(await ofExample(check)).toMatchObject({ status: 'pass', evidence: expect.stringContaining('docker') });
});

test('says what the build said last', async () => {
  await docker('echo "ERROR: failed to solve: node build.ts" >&2; exit 1');
  expect(await ofExample(check)).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('failed to solve: node build.ts'),
  });
});
