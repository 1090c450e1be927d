/**
 * `node infra/commands/setup.mjs [command [arguments…]]`: installs what a fresh clone lacks, then runs `infra/commands/<command>.ts`
 * on Node 24. Plain JavaScript without dependencies: it is all that runs before anything is installed, on Node 20 or later.
 *
 * Quick where nothing is left to do; what was interrupted half-way is done again. Two at once wait for each other.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { install } from './setup/install.mjs';
import { locked } from './setup/locked.mjs';
import { node24, whyNotNode } from './setup/node.mjs';
import { running } from './setup/run.mjs';
import { onParentGone } from './start/parent.mjs';

const commands = dirname(fileURLToPath(import.meta.url));
const root = join(commands, '..', '..');
const [command, ...args] = process.argv.slice(2);

/** Set once there is something to hand signals on to. @type {(signal: NodeJS.Signals) => void} */
let passOn = (signal) => {
  if (running.size === 0) process.exit(128 + constants.signals[signal]);
  process.exitCode = 128 + constants.signals[signal];
  for (const end of running) end();
};
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => passOn(signal));
// npm, or the shell it uses, may be killed without a word.
if (process.env.npm_lifecycle_event) onParentGone(() => passOn('SIGTERM'));

async function main() {
  const known = readdirSync(commands).flatMap((name) => (/^[a-z-]+\.ts$/.test(name) ? [name.slice(0, -3)] : []));
  if (command !== undefined && !known.includes(command))
    return refuse(`「${command}」というコマンドはありません（${known.join('、')} のどれかです）。`, 64);
  const obstacle = whyNotNode(root, { version: process.version, platform: process.platform, arch: process.arch });
  if (obstacle) return refuse(obstacle, 1);

  let node;
  try {
    await locked(join(root, '.local', 'set-up', 'lock'), () => install(root));
    node = node24(root);
  } catch (error) {
    if (process.exitCode) return; // interrupted: nothing to explain
    return refuse(error instanceof Error ? error.message : String(error), 1);
  }
  if (command !== undefined && !process.exitCode) handOver(node, join(commands, `${command}.ts`));
}

/**
 * @param {string} sentence
 * @param {number} code
 */
function refuse(sentence, code) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = code;
}

/**
 * Runs a script in place of this process, as far as Node 20 can: same terminal, same signals, same exit.
 * @param {string} node
 * @param {string} script
 */
function handOver(node, script) {
  const path = [join(root, 'node_modules', '.bin'), dirname(node), process.env.PATH].join(delimiter);
  const child = spawn(node, [script, ...args], {
    stdio: 'inherit',
    env: { ...process.env, PATH: path, SET_UP_PID: String(process.pid) },
  });
  passOn = (signal) => child.kill(signal);
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
}

await main();
