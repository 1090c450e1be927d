import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Files, filesPort } from './files.ts';
import { recordingTape } from './tape.ts';

const tape = recordingTape();
let root: string;
let files: Files;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'files-'));
  await mkdir(join(root, 'app/node_modules/x'), { recursive: true });
  await writeFile(join(root, 'app/package.json'), '{"name":"x"}');
  await writeFile(join(root, 'app/node_modules/x/package.json'), '{}');
  await writeFile(join(root, '.env'), 'DATABASE_URL=postgres://CANARY\nEMPTY=\n# comment\nQUOTED="a b"\n');
  files = filesPort(root, tape);
});
afterAll(() => rm(root, { recursive: true }));

test('a file is read, a missing one is null', async () => {
  expect(await files.read('app/package.json')).toBe('{"name":"x"}');
  expect(await files.read('app/none.json')).toBeNull();
  expect(await files.read('app/package.json/none')).toBeNull();
});

test('packages of others are not listed', async () => {
  expect(await files.list('**/package.json')).toEqual(['app/package.json']);
});

test('of a .env only the names are told, and nothing else is recorded', async () => {
  expect(await files.envKeys('.env')).toEqual({ keys: ['DATABASE_URL', 'EMPTY', 'QUOTED'], empty: ['EMPTY'] });
  expect(await files.envKeys('none.env')).toBeNull();
  expect(() => files.read('.env')).toThrow('holds secrets');
  expect(() => files.read('app/.env.local')).toThrow('holds secrets');
  expect(() => files.read('key.pem')).toThrow('holds secrets');
  expect(JSON.stringify(tape.calls())).not.toContain('CANARY');
});

test.each(['../x', '/etc/passwd', 'a/../../x'])('%s is outside and refused', (path) => {
  expect(() => files.read(path)).toThrow('outside the repository');
});
