/**
 * `npm run generate [folder]`: the code that follows from schemas (Prisma's client, GraphQL's types), where it is out of date;
 * only of packages below the folder where one is given. `npm start` and `npm test` do it by themselves.
 */
import { join, resolve } from 'node:path';
import { generateCode } from './generate/generate-code.ts';
import { locked } from './setup/locked.mjs';
import { progress } from './setup/progress.mjs';
import { onStop } from './test/on-stop.ts';

const root = resolve(import.meta.dirname, '../..');
const stop = onStop();
try {
  const made = await progress('コードを生成しています', 'コードは最新です', () =>
    locked(join(root, '.local', 'generated', 'lock'), () => generateCode(root, process.argv[2])),
  );
  if (made.length > 0) process.stdout.write(`  生成したもの：${made.join('、')}\n`);
} catch (error) {
  if (!stop.aborted) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
