import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runningRehearsal } from './rehearsal.ts';

let local: string;
beforeEach(async () => {
  local = await mkdtemp(join(tmpdir(), 'rehearsal-'));
  await mkdir(join(local, 'rehearsal'));
});
afterEach(() => rm(local, { recursive: true }));
const say = (text: string) => writeFile(join(local, 'rehearsal', 'state.json'), text);

test('a rehearsal whose process lives is found', async () => {
  await say(JSON.stringify({ endpoint: 'http://127.0.0.1:4566', pid: process.pid, startedAt: 'x' }));
  expect(await runningRehearsal(local)).toEqual({ endpoint: 'http://127.0.0.1:4566', pid: process.pid });
});

test('one that was killed, and left its file behind, is not', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  await say(JSON.stringify({ endpoint: 'http://127.0.0.1:4566', pid: child.pid }));
  expect(await runningRehearsal(local)).toBeNull();
});

test.each(['', '{"endpoint":', '[]', '{"endpoint":"not a url","pid":1}', '{"endpoint":"http://a","pid":-1}'])(
  'a file that says %j is none',
  async (text) => {
    await say(text);
    expect(await runningRehearsal(local)).toBeNull();
  },
);
