/**
 * `npm test`: lint, types and every test; ends with a line `N passed, N failed`. With arguments only the tests that they name,
 * as vitest takes them: `npm test -- infra/commands`. `npm run prove` is the same with PROVE=1: the long proofs run whole.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findMoto } from '../rehearsal/moto.ts';
import { generateCode } from './generate/generate-code.ts';
import { CommandFailed, run } from './setup/run.mjs';
import { findChromium, missingChromium } from './test/chromium.ts';
import { summaryLine, vitestCounts } from './test/counts.ts';
import { look } from './test/look.ts';
import { onStop } from './test/on-stop.ts';

const root = resolve(import.meta.dirname, '../..');
const report = join(root, '.local', 'test', 'vitest.json');
const filters = process.argv.slice(2);
const stop = onStop();
const say = (line: string) => process.stdout.write(`${line}\n`);

if (process.env.PROVE) say('長い証明も、間引かずにすべて行います。');

const nothing = { passed: 0, failed: 0, skipped: 0 };
const looked = filters.length > 0 ? nothing : await look(root, stop);
if (filters.length > 0) await generateCode(root);

if (!stop.aborted) {
  // Fetched once here, so that the tests that use it don't fetch it at the same time.
  await findMoto(join(root, '.local', 'rehearsal'), say).catch((error: unknown) =>
    say(error instanceof Error ? error.message : String(error)),
  );
  if (findChromium(process.env) === null) say(missingChromium(process.platform));
}

let ok = false;
rmSync(report, { force: true });
if (!stop.aborted) {
  mkdirSync(dirname(report), { recursive: true });
  say('テストをしています…');
  // One more than two cores: much of the time is spent waiting for what a test has started.
  const vitest = [process.execPath, join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--maxWorkers=3'];
  try {
    await run([...vitest, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters], {
      cwd: root,
      show: true,
    });
    ok = true;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
  }
}

if (stop.aborted) {
  say('途中でやめました。');
  process.exit();
}
const tested = vitestCounts(report, ok);
const counts = {
  passed: looked.passed + tested.passed,
  failed: looked.failed + tested.failed,
  skipped: tested.skipped,
};
say(`\n${summaryLine(counts)}`);
process.exit(counts.failed > 0 ? 1 : 0);
