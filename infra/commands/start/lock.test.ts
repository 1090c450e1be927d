import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identify } from './identity.mjs';
import { acquire } from './lock.mjs';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  path = join(folder, 'deeper', 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a lock is held by one, names its holder, and is gone after its release', async () => {
  const first = await acquire(path);
  expect(await acquire(path)).toEqual({ release: null, holder: identify(process.pid) });
  first.release?.();
  const second = await acquire(path);
  expect(second.holder).toBeNull();
  second.release?.();
  expect(readdirSync(join(folder, 'deeper'))).toEqual([]);
});

test.for([
  ['of a process that has ended', '{"pid":4194303,"started":"long ago"}'],
  ['whose number another process has by now', JSON.stringify({ pid: process.pid, started: 'another time' })],
  ['that is not readable', '{"pid":'],
  ['that is empty', ''],
])('a lock %s holds nothing', async ([, content = '']) => {
  const { release } = await acquire(path);
  release?.();
  writeFileSync(path, content);
  const taken = await acquire(path);
  expect(taken.holder).toBeNull();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(identify(process.pid));
});

test('of many processes that find the same dead holder, one wins at a time', async () => {
  const { release } = await acquire(path);
  release?.();
  writeFileSync(path, '{"pid":4194303,"started":"long ago"}');
  // Each enters when it can, notes that it is inside, looks that it is alone, and leaves.
  const script = `
    import { acquire } from '${join(import.meta.dirname, 'lock.mjs')}';
    import { readdirSync, writeFileSync, rmSync, mkdirSync } from 'node:fs';
    import { setTimeout as wait } from 'node:timers/promises';
    const inside = ${JSON.stringify(join(folder, 'inside'))};
    mkdirSync(inside, { recursive: true });
    for (;;) {
      const lock = await acquire(${JSON.stringify(path)});
      if (!lock.release) { await wait(1); continue; }
      writeFileSync(inside + '/' + process.pid, '');
      await wait(5);
      const company = readdirSync(inside).length;
      rmSync(inside + '/' + process.pid);
      // Every second one dies with the lock in its hand.
      if (process.pid % 2) lock.release();
      process.exit(company === 1 ? 0 : 1);
    }`;
  const codes = await Promise.all(
    Array.from(
      { length: 12 },
      () =>
        new Promise((resolve) => {
          spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' }).once('exit', resolve);
        }),
    ),
  );
  expect(codes).toEqual(Array.from({ length: 12 }, () => 0));
});
