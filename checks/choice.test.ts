import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { savedVpc, saveVpc } from './choice.ts';

let local: string;
beforeEach(async () => {
  local = await mkdtemp(join(tmpdir(), 'choice-'));
});
afterEach(() => rm(local, { recursive: true }));

test('a choice is remembered for its own AWS only', async () => {
  await saveVpc(local, 'aws', 'vpc-1');
  await saveVpc(local, 'rehearsal', 'vpc-2');
  expect(await savedVpc(local, 'aws')).toBe('vpc-1');
  expect(await savedVpc(local, 'rehearsal')).toBe('vpc-2');
  expect(await savedVpc(local, 'http://127.0.0.1:5000')).toBeNull();
});

test('a damaged file is no choice', async () => {
  await writeFile(join(local, 'choice.json'), '{"aws":');
  expect(await savedVpc(local, 'aws')).toBeNull();
});
