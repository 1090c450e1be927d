import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const LEASH = fileURLToPath(new URL('../start/leash.mjs', import.meta.url));

/** Ends what is running below this process; empty while nothing runs. @type {Set<() => void>} */
export const running = new Set();

/** A command that ended with an error. */
export class CommandFailed extends Error {
  /**
   * @param {string} command
   * @param {number | null} code
   * @param {string} output both streams, as they came
   */
  constructor(command, code, output) {
    super(`${command}: ${code}`);
    this.code = code;
    this.output = output;
  }
}

/**
 * Runs a command on a leash (it ends with this process, however that ends), its output kept for the error.
 * @param {string[]} command
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, line?: (text: string) => void, show?: boolean }} options `line` gets each line as it comes;
 *   `show` hands the terminal's output to the command, and keeps none
 * @returns {Promise<void>}
 * @throws {CommandFailed}
 */
export function run(command, { cwd, env = process.env, line, show = false }) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [LEASH, '5000', ...command], {
      cwd,
      env,
      detached: true,
      stdio: show ? ['pipe', 'inherit', 'inherit'] : ['pipe', 'pipe', 'pipe'],
    });
    const end = () => child.stdin?.destroy();
    running.add(end);
    let output = '';
    let rest = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text;
        if (!line) return;
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const each of lines) line(each);
      });
    }
    child.stdin?.on('error', () => {});
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(end);
      if (code === 0) resolve();
      else reject(new CommandFailed(command.join(' '), code, output));
    });
  });
}
