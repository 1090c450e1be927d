import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

/**
 * The entry of the image (dist/src/main.js): runs the bundled server with the code that V8 compiled of it when the image
 * was built (code-cache.ts), which at 0.25 vCPU saves a third of the start. Node's own NODE_COMPILE_CACHE keeps less: it
 * holds what is compiled before anything runs, not the functions that run. Without that code, or where V8 finds that
 * another Node made it, the server starts all the same, more slowly.
 */
const file = join(import.meta.dirname, 'main.cjs');
const parameters = ['require', '__filename', '__dirname'];

/** The compiled bundle; code-cache.ts takes from it what V8 has compiled. */
export const script = new Script(`(function (${parameters.join(', ')}) {${readFileSync(file, 'utf8')}\n})`, {
  filename: file,
  cachedData: read(join(import.meta.dirname, 'main.cache')),
});
if (script.cachedDataRejected) {
  console.log(JSON.stringify({ level: 'warn', msg: 'the compiled code is of another Node.js, so the start is slow' }));
}
script.runInThisContext()(createRequire(file), file, import.meta.dirname);

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
