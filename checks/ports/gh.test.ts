import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ghPort } from './gh.ts';
import { recordingTape } from './tape.ts';

let folder: string;
const path = process.env.PATH ?? '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gh-'));
});
afterEach(async () => {
  process.env.PATH = path;
  await rm(folder, { recursive: true });
});

/** A `gh` that says what the real one says in this case. */
async function gh(script: string): Promise<void> {
  await writeFile(join(folder, 'gh'), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'gh'), 0o755);
  process.env.PATH = `${folder}${delimiter}${path}`;
}
const ask = () => ghPort(folder, recordingTape()).api('repos/{owner}/{repo}/environments');

test('GitHub’s status and body are told, and only GET is asked', async () => {
  await gh(
    '[ "$*" = "api --method GET --include repos/{owner}/{repo}/environments" ] || exit 9\nprintf \'HTTP/2.0 200 OK\\r\\nA: b\\r\\n\\r\\n{"total_count":1}\'',
  );
  expect(await ask()).toEqual({ status: 200, body: { total_count: 1 }, reason: null });
});

test('what GitHub refuses is an answer too', async () => {
  await gh('printf \'HTTP/2.0 404 Not Found\\r\\n\\r\\n{"message":"Not Found"}\'; exit 1');
  expect(await ask()).toEqual({ status: 404, body: { message: 'Not Found' }, reason: null });
});

test('signed out, missing, and broken are told apart', async () => {
  await gh('exit 4');
  expect((await ask()).reason).toBe('signed-out');
  await gh('echo "no such host" >&2; exit 1');
  await expect(ask()).rejects.toThrow('no such host');
  process.env.PATH = join(folder, 'nothing');
  expect((await ask()).reason).toBe('no-gh');
});
