import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';

const commands = fileURLToPath(new URL('.', import.meta.url));
const checks = fileURLToPath(new URL('../../checks/commands', import.meta.url));

/** What a command printed, and how it ended. */
export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** The commands as a learner runs them, with a folder for their state that goes afterwards, and no AWS settings. */
export interface CommandTrial {
  /** e.g. `run('solve', 'chapter-2', 'network', '--rehearsal')` */
  run: (command: string, ...args: string[]) => Promise<Ran>;
  /** The same with other environment variables; undefined takes one away. */
  runWith: (env: NodeJS.ProcessEnv, command: string, ...args: string[]) => Promise<Ran>;
  /** Begins one that is stopped on the way, e.g. by `child.kill('SIGINT')`. */
  start: (command: string, ...args: string[]) => { child: ChildProcess; ended: Promise<Ran> };
  /** The folder for their state. */
  state: string;
  /** Ends the rehearsal and removes the folder. */
  close: () => Promise<void>;
}

export async function startCommandTrial(): Promise<CommandTrial> {
  const state = await mkdtemp(join(tmpdir(), 'commands-'));
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));
  const environment: NodeJS.ProcessEnv = {
    ...clean,
    BLOG_AWS_PRACTICE_STATE: state,
    PORT: String(await getPort()),
    HOME: state,
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_COLOR: '1',
  };
  const startWith = (env: NodeJS.ProcessEnv, command: string, args: string[]) => {
    const file = ['check', 'cost'].includes(command) ? join(checks, `${command}.ts`) : join(commands, `${command}.ts`);
    const child = spawn(process.execPath, [file, ...args], {
      env: { ...environment, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ran: Ran = { code: -1, out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (ran.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (ran.err += chunk.toString()));
    const ended = new Promise<Ran>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ ...ran, code: code ?? -1 }));
    });
    return { child, ended };
  };
  const runWith: CommandTrial['runWith'] = (env, command, ...args) => startWith(env, command, args).ended;
  return {
    run: (command, ...args) => runWith({}, command, ...args),
    runWith,
    start: (command, ...args) => startWith({}, command, args),
    state,
    close: async () => {
      await runWith({}, 'rehearse', 'down');
      await rm(state, { recursive: true, force: true });
    },
  };
}
