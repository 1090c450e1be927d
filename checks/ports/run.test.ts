import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runPort } from './run.ts';
import { recordingTape } from './tape.ts';

let folder: string;
const path = process.env.PATH ?? '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-'));
});
afterEach(async () => {
  process.env.PATH = path;
  await rm(folder, { recursive: true });
});

/** A command in a folder of its own that PATH leads to. */
async function command(name: string, script: string, where = 'bin'): Promise<void> {
  const bin = join(folder, where);
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(bin, name), 0o755);
  process.env.PATH = `${bin}${delimiter}${process.env.PATH}`;
}

test('a command’s words and exit code are told, whatever it ends with', async () => {
  await command('git', 'echo origin; echo oh >&2; exit 3');
  expect(await runPort(folder, recordingTape())('git', ['remote', '-v'])).toEqual({
    found: true,
    exitCode: 3,
    stdout: 'origin',
    stderr: 'oh',
  });
});

test('a command that this machine lacks is not found', async () => {
  process.env.PATH = join(folder, 'nothing');
  expect(await runPort(folder, recordingTape())('docker', ['--version'])).toMatchObject({
    found: false,
    exitCode: null,
  });
});

test('the repository’s own tools are not taken for the learner’s', async () => {
  await command('aws', 'echo learner');
  await command('aws', 'echo repository', 'node_modules/.bin');
  expect((await runPort(folder, recordingTape())('aws', ['--version'])).stdout).toBe('learner');
});

test('a token in a remote’s address is never told', async () => {
  await command('git', 'echo "origin https://me:CANARY@github.com/me/blog.git (fetch)"');
  const tape = recordingTape();
  const { stdout } = await runPort(folder, tape)('git', ['remote', '-v']);
  expect(stdout).toContain('github.com/me/blog.git');
  expect(stdout + JSON.stringify(tape.calls())).not.toContain('CANARY');
});

test.each([
  ['git', ['push']],
  ['docker', ['run', 'x']],
  ['rm', ['-rf', '/']],
  ['aws', ['ec2', 'delete-vpc']],
])('%s %j is refused', (name, args) => {
  expect(() => runPort(folder, recordingTape())(name, args)).toThrow('refuses');
});
