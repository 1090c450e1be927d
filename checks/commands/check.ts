import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { state } from '../paths.ts';

/** Runs `pnpm check` with these words and gives its exit code. */
export async function check(argv: string[]): Promise<number> {
  // Before anything else is loaded: with a warm cache the rest, and the SDK's clients above all, starts in half the time.
  enableCompileCache(join(state, 'compile-cache'));
  const command = await import('../check-command.ts');
  return command.check(argv);
}

if (import.meta.main) {
  process.exitCode = await check(process.argv.slice(2));
}
