/**
 * Runs a command that may not outlive its caller: `node leash.mjs <grace in ms> <command> [arguments…]`.
 *
 * When the leash's standard input closes (its caller ended it, or died in any way), or the leash gets SIGTERM, SIGINT or
 * SIGHUP, the command gets SIGTERM; after the grace its whole process group gets SIGKILL. When the command ends by itself,
 * what it left in its group ends too, and the leash exits as it did. Plain JavaScript: it also runs on Node 20.
 *
 * Over an IPC channel, where there is one, it tells the command's identity (`{ pid, started }`).
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';
import { identify } from './identity.mjs';

const [grace, command = '', ...args] = process.argv.slice(2);

// Its own group, so that a terminal's Ctrl-C reaches the supervisor alone, which then ends the parts in order.
const child = spawn(command, args, { detached: true, stdio: ['pipe', 'inherit', 'inherit'] });

let ending = false;

/** @param {NodeJS.Signals} signal */
function killGroup(signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // nobody is left in the group
  }
}

function end() {
  if (ending) return;
  ending = true;
  child.kill('SIGTERM');
  setTimeout(() => killGroup('SIGKILL'), Number(grace)).unref();
}

child.on('spawn', () => {
  if (process.send && child.pid !== undefined) {
    // A part may be gone before it is looked at; then there is nobody to identify.
    const identity = identify(child.pid);
    // Without a callback the error of a channel that has just closed would be thrown.
    if (identity) process.send(identity, () => {});
  }
});
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 127;
  process.stdin.destroy();
  process.channel?.unref();
});
child.on('exit', (code, signal) => {
  killGroup('SIGKILL');
  process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0));
});
// The command's standard input stays open as long as the leash lives, so a part may watch its own.
child.stdin.on('error', () => {});

// Whatever goes wrong in here, the command must not go on alone.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${error.stack}\n`);
  killGroup('SIGKILL');
  process.exit(1);
});
process.channel?.unref();
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) process.on(signal, end);
process.stdin.on('end', end).on('close', end).on('error', end).resume();
