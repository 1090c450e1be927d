import { stripVTControlCharacters } from 'node:util';
import { progress } from '../setup/progress.mjs';
import { CommandFailed, run } from '../setup/run.mjs';
import type { Counts } from './counts.ts';
import { type StaticCheck, staticChecks } from './static.ts';

/** How many run at once; each of them uses more than one core for a part of its time. */
const AT_ONCE = 2;

/**
 * Runs every static check, says of each how it went, and shows at the end what those that failed said.
 *
 * @param stop aborted when the learner has had enough
 */
export async function look(root: string, stop: AbortSignal): Promise<Counts> {
  const [generation, ...waiting] = staticChecks(root);
  const complaints: string[] = [];
  let passed = 0;
  await progress('ファイルを調べています', 'ファイルを調べました', async (note, say) => {
    const perform = async ({ name, command }: StaticCheck) => {
      note(name);
      try {
        await run(command, { cwd: root, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } });
        passed++;
        say(`  ✓ ${name}`);
      } catch (error) {
        if (!(error instanceof CommandFailed)) throw error;
        if (stop.aborted) return;
        say(`  ✗ ${name}`);
        complaints.push(`\n── ${name}\n${stripVTControlCharacters(error.output).trim()}\n`);
      }
    };
    const generated = perform(generation);
    const worker = async () => {
      for (let check = waiting.shift(); check && !stop.aborted; check = waiting.shift()) {
        if (check.generated) await generated;
        await perform(check);
      }
    };
    await Promise.all([generated.then(worker), ...Array.from({ length: AT_ONCE - 1 }, worker)]);
  });
  process.stdout.write(complaints.join(''));
  return { passed, failed: complaints.length, skipped: 0 };
}
