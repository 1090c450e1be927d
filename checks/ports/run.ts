import { delimiter, join } from 'node:path';
import { withheld } from './aws/withhold.ts';
import type { Tape } from './tape.ts';

/** How a command ended. */
export interface Ran {
  /** False when this machine has no such command. */
  found: boolean;
  /** Its exit code; null when it was not found, or was ended after the time limit. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs a command that only tells something, e.g. `await run('docker', ['--version'])`, in the repository's folder,
 * as the learner's own shell would find it (this repository's `node_modules/.bin` left out; the tools that the book
 * itself pins come from there), for at most ten seconds.
 */
export type Run = (command: string, args: string[]) => Promise<Ran>;

/** What may be run: for each command the beginnings of its argument lists. Nothing here changes anything. */
const READ_ONLY: Record<string, string[][]> = {
  aws: [['--version'], ['configure', 'list'], ['configure', 'get', 'region']],
  cdk: [['--version']],
  corepack: [['--version']],
  docker: [
    ['--version'],
    ['version'],
    ['info'],
    ['compose', 'version'],
    ['compose', 'ps'],
    ['compose', 'config', '--services'],
    ['image', 'inspect'],
    ['image', 'ls'],
    ['ps'],
  ],
  gh: [['--version'], ['auth', 'status']],
  git: [
    ['--version'],
    ['config', '--get'],
    ['remote', '-v'],
    ['rev-parse'],
    ['status', '--porcelain'],
    ['ls-files'],
    ['log'],
    ['check-ignore'],
  ],
  node: [['--version']],
  npm: [['--version']],
  npx: [['--version']],
  pnpm: [['--version']],
  psql: [['--version']],
  python3: [['--version']],
  wrangler: [['--version'], ['whoami'], ['deployments', 'list']],
};

/** Tools that the book runs in its own version, and the folder whose packages hold them. */
const PINNED: Record<string, string> = { cdk: 'infra', wrangler: 'app/frontend' };

const TIME_OUT = 10_000;

/** The port to this machine's commands, run in `folder`. */
export function runPort(folder: string, tape: Tape): Run {
  return (command, args) => {
    if (!READ_ONLY[command]?.some((start) => start.every((arg, i) => args[i] === arg))) {
      throw new Error(
        `run refuses \`${[command, ...args].join(' ')}\`: it is not in the list of commands that only read`,
      );
    }
    return tape.play({ port: 'run', action: command, input: { args } }, async () => {
      const { execa } = await import('execa');
      const ran = await execa(command, args, {
        cwd: folder,
        reject: false,
        stdin: 'ignore',
        timeout: TIME_OUT,
        extendEnv: false,
        env: { ...process.env, PATH: pathFor(command, folder), NO_COLOR: '1' },
      });
      if (ran.timedOut) throw Object.assign(new Error(`no answer within ${TIME_OUT} ms`), { name: 'TimeoutError' });
      const found = ran.code !== 'ENOENT';
      return withheld({
        found,
        exitCode: found ? (ran.exitCode ?? null) : null,
        stdout: ran.stdout ?? '',
        stderr: ran.stderr ?? '',
      });
    });
  };
}

function pathFor(command: string, folder: string): string {
  const home = PINNED[command];
  const shell = pathOfShell(folder);
  if (home === undefined) return shell;
  // They are scripts for the repository's own Node.
  return [join(folder, home, 'node_modules', '.bin'), join(folder, 'node_modules', '.bin'), shell].join(delimiter);
}

/** PATH without the folders that pnpm put in front of it for this repository's scripts. */
function pathOfShell(folder: string): string {
  const own = join('node_modules', '.bin');
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((entry) => !(entry.startsWith(folder) && entry.endsWith(own)) && !entry.includes('node-gyp-bin'))
    .join(delimiter);
}
