import { basename, dirname, resolve } from 'node:path';
import { check } from './check.ts';

/**
 * Runs the checks of the chapter in whose folder the zx script lies, with the words that follow the script's name.
 * @param script the script's `import.meta.filename`
 * @returns the exit code
 */
export function checkChapter(script: string): Promise<number> {
  const at = process.argv.findIndex((word) => resolve(word) === script);
  return check([basename(dirname(script)), ...process.argv.slice(at + 1)]);
}
