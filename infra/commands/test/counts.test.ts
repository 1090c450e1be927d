import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../setup/run.mjs';
import { summaryLine, vitestCounts } from './counts.ts';

let folder: string;
beforeEach(() => {
  // Below the root, so that the tests in it find vitest, and where no other run looks for tests.
  const scratch = resolve(import.meta.dirname, '../../../.local/test');
  mkdirSync(scratch, { recursive: true });
  folder = mkdtempSync(join(scratch, 'counts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the real vitest on test files made here. */
async function counts(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const report = join(folder, 'report.json');
  const vitest = join(import.meta.dirname, '../../../node_modules/vitest/vitest.mjs');
  const ok = await run(
    [
      process.execPath,
      vitest,
      'run',
      '--root',
      folder,
      '--config',
      'none.config.mjs',
      '--reporter=json',
      `--outputFile=${report}`,
    ],
    { cwd: folder },
  ).then(
    () => true,
    () => false,
  );
  return { ...vitestCounts(report, ok), ok };
}

const head = `import { test, expect } from 'vitest';`;
const config = { 'none.config.mjs': 'export default {}' };

test('tests that pass, fail and are left out are counted', async () => {
  const text = `${head} test('a', () => {}); test('b', () => {}); test('c', () => expect(1).toBe(2)); test.skip('d', () => {}); test.todo('e');`;
  expect(await counts({ ...config, 'a.test.ts': text })).toEqual({ passed: 2, failed: 1, skipped: 2, ok: false });
});

test('a file that does not load counts as a failure', async () => {
  const files = { 'a.test.ts': `${head} test('a', () => {});`, 'b.test.ts': `import './gone.ts';` };
  expect(await counts({ ...config, ...files })).toEqual({ passed: 1, failed: 1, skipped: 0, ok: false });
});

test('an error outside every test counts as a failure', async () => {
  const text = `${head} test('a', () => { Promise.reject(new Error('late')); });`;
  expect(await counts({ ...config, 'a.test.ts': text })).toEqual({ passed: 1, failed: 1, skipped: 0, ok: false });
});

test('a run that left no report counts as a failure', () => {
  expect(vitestCounts(join(tmpdir(), 'no-such-report.json'), false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('the last line says it in one line', () => {
  expect(summaryLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
  expect(summaryLine({ passed: 12, failed: 1, skipped: 3 })).toBe('12 passed, 1 failed, 3 skipped');
});
