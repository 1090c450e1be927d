import { spawn } from 'node:child_process';
import { RehearsalError } from '../moto.ts';

/** A program of the blog's that runs beside the rehearsal. */
export interface Neighbour {
  /** Whether it still runs. */
  isUp: () => boolean;
  stop: () => Promise<void>;
}

/**
 * Starts a program of this repository and waits until it says that it is ready. It ends with this process, however that
 * ends, as it watches its standard input.
 *
 * @throws RehearsalError with its last words where it ends before
 */
export async function startNeighbour(
  [file, ...args]: [string, ...string[]],
  { ready, env = {} }: { ready: RegExp; env?: Record<string, string> },
): Promise<Neighbour> {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  child.stdin.on('error', () => {});
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = `${complaint}${text}`.slice(-2000);
  });
  const ended = new Promise<'ended'>((resolve) => child.once('close', () => resolve('ended')));
  const answers = new Promise<'ready'>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (ready.test(text)) resolve('ready');
    });
  });
  if ((await Promise.race([answers, ended])) === 'ended') throw new RehearsalError(complaint.trim());
  return {
    isUp: () => child.exitCode === null && child.signalCode === null,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
