import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';

const preload = fileURLToPath(new URL('container-network.ts', import.meta.url));
const server = fileURLToPath(new URL('../../../app/server', import.meta.url));

/** What a container may reach, and under which name. */
export interface Network {
  /** `name:port` → port of this machine. */
  hosts: Record<string, number>;
  /** Names that exist, whatever the port. */
  names: string[];
  internet: boolean;
  /** PEM of the authority that signs the rehearsal's certificates. */
  authority: string;
}

export interface Container {
  /** Port of this machine behind each port that the task definition declares. */
  ports: ReadonlyMap<number, number>;
  /** Exit code; 137 where it was killed. */
  ended: Promise<number>;
  /** SIGTERM, and SIGKILL after the stop time-out (seconds), as ECS does. */
  stop: (timeout: number) => Promise<void>;
}

/** The image's own settings (`app/server/Dockerfile`); a task definition's go before them. */
const imageEnvironment = { NODE_ENV: 'production', PORT: '4000' };
const imageCommand = ['node', 'src/main.js'];

/**
 * Starts the server of this repository as a task's container would: with the task's environment and nothing else of this
 * machine's, in a network of its own.
 *
 * @param command of the task definition or the run; the image's own where empty
 * @throws Error in AWS's words for a command that the image doesn't hold
 */
export async function startContainer(options: {
  command: readonly string[];
  environment: Record<string, string>;
  ports: readonly number[];
  network: Network;
  onLine: (line: string) => void;
}): Promise<Container> {
  const [program, script, ...args] = options.command.length > 0 ? options.command : imageCommand;
  if (program !== 'node' || script === undefined) {
    throw new Error(
      `CannotStartContainerError: リハーサルのコンテナは node のコマンドだけを動かせます（${options.command.join(' ')}）`,
    );
  }
  const ports = new Map<number, number>();
  for (const port of options.ports) ports.set(port, await getPort({ host: '127.0.0.1' }));
  const child = spawn(process.execPath, ['--import', preload, script, ...args], {
    cwd: `${server}/dist`,
    env: {
      PATH: process.env.PATH,
      ...imageEnvironment,
      ...options.environment,
      REHEARSAL_NETWORK: JSON.stringify({ ...options.network, ports: Object.fromEntries(ports) }),
    },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', options.onLine);
  child.stdin.on('error', () => {});
  const ended = new Promise<number>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 137));
  });
  return {
    ports,
    ended,
    stop: async (timeout) => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), timeout * 1000);
      await ended;
      clearTimeout(timer);
    },
  };
}
