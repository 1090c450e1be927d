import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { announce, commandFor, runningAlready } from './announce.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'announce-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function pnpmIn(...names: string[]): string {
  const bin = join(folder, ...names);
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'pnpm'), '#!/bin/sh\n');
  chmodSync(join(bin, 'pnpm'), 0o755);
  return bin;
}

test('commands are shown with pnpm where the learner has it, else with npx', () => {
  const added = pnpmIn('clone', 'node_modules', '.bin');
  expect(commandFor({ PATH: added })).toBe('npx pnpm');
  expect(commandFor({ PATH: [added, pnpmIn('usr', 'bin')].join(delimiter) })).toBe('pnpm');
  expect(commandFor({})).toBe('npx pnpm');
});

test('the last words are each URL and what to do next, in the form that works here', () => {
  const text = announce({ ブログ: 'http://localhost:3001' }, 'npx pnpm');
  expect(text).toContain('http://localhost:3001  ブログ');
  expect(text).toContain('npx pnpm check');
  expect(text).toContain('Ctrl-C');
});

test('a second start names the first one and its URLs, or that it is still on its way', () => {
  expect(runningAlready(42, { ブログ: 'http://localhost:3000' })).toMatch(/pid 42.*http:\/\/localhost:3000/s);
  expect(runningAlready(42, {})).toContain('準備をしている');
});
