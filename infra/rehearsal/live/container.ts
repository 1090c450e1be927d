import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setInterval } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import { residentMemory } from './memory.ts';

const preload = fileURLToPath(new URL('container-network.ts', import.meta.url));

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

/** How a container ended. */
export interface Exit {
  /** 137 where it was killed. */
  code: number;
  /** Whether it held more memory than it may. */
  outOfMemory: boolean;
}

export interface Container {
  /** Port of this machine behind each port that the task definition declares. */
  ports: ReadonlyMap<number, number>;
  ended: Promise<Exit>;
  /** SIGTERM, and SIGKILL after the stop time-out (seconds), as ECS does. */
  stop: (timeout: number) => Promise<void>;
}

const imageCommand = ['node', 'src/main.js'];

/** The image's own settings (`app/server/Dockerfile`); a task definition's go before them. */
const imageEnvironment = {
  NODE_ENV: 'production',
  PORT: '4000',
  NODE_OPTIONS: '--max-old-space-size=200 --max-semi-space-size=8 --disable-warning=DEP0169',
};

/**
 * Starts the server of this repository as a task's container would: with the task's environment and nothing else of this
 * machine's, in a network of its own.
 *
 * @param options.image folder with what the image holds
 * @param options.command of the task definition or the run; the image's own where empty
 * @param options.memory MiB that it may hold
 * @throws Error in AWS's words for a command that the image doesn't hold
 */
export async function startContainer(options: {
  image: string;
  command: readonly string[];
  environment: Record<string, string>;
  ports: readonly number[];
  memory: number;
  network: Network;
  onLine: (line: string) => void;
}): Promise<Container> {
  const { image, memory } = options;
  const [program, script, ...args] = options.command.length > 0 ? options.command : imageCommand;
  if (program !== 'node' || script === undefined) {
    throw new Error(
      `CannotStartContainerError: リハーサルのコンテナは node のコマンドだけを動かせます（${options.command.join(' ')}）`,
    );
  }
  const ports = new Map<number, number>();
  for (const port of options.ports) ports.set(port, await getPort({ host: '127.0.0.1' }));
  const child = spawn(process.execPath, ['--import', preload, script, ...args], {
    cwd: image,
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
  const exited = new AbortController();
  let outOfMemory = false;
  const ended = new Promise<Exit>((resolve) => {
    const end = (code: number) => {
      exited.abort();
      resolve({ code, outOfMemory });
    };
    child.once('error', () => end(127));
    child.once('close', (code) => end(code ?? 137));
  });
  void watchMemory(child.pid ?? 0, memory, exited.signal, () => {
    outOfMemory = true;
    child.kill('SIGKILL');
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

/** Fargate's kernel ends what takes more memory than the task definition allows; here somebody has to look. */
async function watchMemory(pid: number, most: number, signal: AbortSignal, exceeded: () => void): Promise<void> {
  try {
    for await (const _ of setInterval(250, undefined, { signal, ref: false })) {
      if (((await residentMemory(pid)) ?? 0) > most) return exceeded();
    }
  } catch {
    // It ended.
  }
}
