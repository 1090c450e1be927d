import { setTimeout as wait } from 'node:timers/promises';
import { type Identity, runs } from './identity.mjs';

/**
 * Ends a process and the group it leads: SIGTERM to it, and SIGKILL to all of the group after the grace. Resolves when it
 * is gone. A stranger that has its number by now is left alone.
 *
 * @param grace in ms; 0 kills at once
 */
export async function endGroup(identity: Identity, grace: number): Promise<void> {
  if (!runs(identity)) return;
  if (grace > 0) {
    send(identity.pid, 'SIGTERM');
    const late = performance.now() + grace;
    while (runs(identity) && performance.now() < late) await wait(20);
  }
  if (runs(identity)) send(-identity.pid, 'SIGKILL');
  while (runs(identity)) await wait(20);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it ended in between
  }
}
