import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';

const LEASH = join(import.meta.dirname, 'leash.mjs');
const FOREVER = 'setInterval(() => {}, 1000)';

/** Pids of the processes that have a word among their arguments. */
function withWord(word: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(word);
    } catch {
      return false;
    }
  });
}

test('a caller that dies at any moment, however early, leaves neither leash nor command', async () => {
  const word = `word-${process.pid}`;
  const delays = Array.from({ length: 24 }, (_, index) => index * 5);
  for (const delay of delays) {
    const caller = spawn(process.execPath, [
      '-e',
      `require('child_process').spawn(process.execPath, ['${LEASH}', '2000', process.execPath, '-e', '${FOREVER}', '${word}'],
         { detached: true, stdio: ['pipe', 'ignore', 'ignore', 'ipc'] });
       setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${delay});`,
    ]);
    await once(caller, 'exit');
  }
  await vi.waitFor(() => expect(withWord(word)).toEqual([]), { timeout: 10_000 });
});

test('the command’s exit code is the leash’s, and a signal is 128 + its number', async () => {
  const exitOf = async (script: string) => {
    const [code] = await once(
      spawn(process.execPath, [LEASH, '2000', process.execPath, '-e', script], { stdio: ['pipe', 'ignore', 'ignore'] }),
      'exit',
    );
    return code;
  };
  expect(await exitOf('process.exit(7)')).toBe(7);
  expect(await exitOf(`process.kill(process.pid, 'SIGKILL')`)).toBe(137);
});

test('what the command left in its group ends with it', async () => {
  const word = `left-${process.pid}`;
  const script = `require('child_process').spawn(process.execPath, ['-e', '${FOREVER}', '${word}'], { stdio: 'ignore' }).unref();`;
  const leash = spawn(process.execPath, [LEASH, '2000', process.execPath, '-e', script], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await once(leash, 'exit');
  await vi.waitFor(() => expect(withWord(word)).toEqual([]), { timeout: 10_000 });
});
