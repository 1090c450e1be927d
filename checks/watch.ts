import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Finished } from './session.ts';

/**
 * Looks, shows, and looks again after `interval` milliseconds or as soon as a line arrives on `input` (Enter),
 * until `stop` is aborted.
 * @returns the last look
 */
export async function watch(
  look: () => Promise<Finished>,
  show: (finished: Finished) => void,
  { interval, input, stop }: { interval: number; input: Readable; stop: AbortSignal },
): Promise<Finished> {
  let finished: Finished;
  do {
    finished = await look();
    show(finished);
    await pause(interval, input, stop);
  } while (!stop.aborted);
  return finished;
}

async function pause(interval: number, input: Readable, stop: AbortSignal): Promise<void> {
  const over = new AbortController();
  const signal = AbortSignal.any([stop, over.signal]);
  const ignored = () => {};
  const ended = input.readableEnded || input.destroyed;
  await Promise.race([
    sleep(interval, undefined, { signal }).catch(ignored),
    ended ? new Promise(ignored) : once(input, 'data', { signal }).catch(ignored),
  ]);
  over.abort();
}
