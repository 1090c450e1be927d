import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { saveChoice, savedChoice } from './choice.ts';

let local: string;
beforeEach(async () => {
  local = await mkdtemp(join(tmpdir(), 'choice-'));
});
afterEach(() => rm(local, { recursive: true }));

test('a choice is remembered for its own AWS only', async () => {
  await saveChoice(local, 'aws', 'vpc', 'vpc-1');
  await saveChoice(local, 'rehearsal', 'vpc', 'vpc-2');
  await saveChoice(local, 'aws', 'url', 'https://api.example.com');
  expect(await savedChoice(local, 'aws', 'vpc')).toBe('vpc-1');
  expect(await savedChoice(local, 'rehearsal', 'vpc')).toBe('vpc-2');
  expect(await savedChoice(local, 'aws', 'url')).toBe('https://api.example.com');
  expect(await savedChoice(local, 'rehearsal', 'url')).toBeNull();
  expect(await savedChoice(local, 'http://127.0.0.1:5000', 'vpc')).toBeNull();
});

test('a damaged file is no choice', async () => {
  await writeFile(join(local, 'choice.json'), '{"aws":');
  expect(await savedChoice(local, 'aws', 'vpc')).toBeNull();
});
