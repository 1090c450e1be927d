import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { endGroup } from './end-group.ts';
import { type Identity, runs } from './identity.mjs';
import type { Held } from './supervisor.ts';

/** What runs in this folder, as the next start and other commands read it from `.local/start/state.json`. */
export interface StartState {
  supervisor: Identity;
  /** What the learner opens, by name; empty until all of it answers. */
  urls: Record<string, string>;
  held: Held[];
}

/** Replaces the state in one piece, so that a reader never sees half of it. */
export function writeState(path: string, state: StartState): void {
  mkdirSync(dirname(path), { recursive: true });
  const next = `${path}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(next, path);
}

/** The last state; null where there is none, or none that can be read. */
export function readState(path: string): StartState | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Ends what an earlier start left behind (it was killed together with its leashes), by pid and start time.
 *
 * @returns the names of the parts that still ran
 */
export async function endLeftovers(path: string): Promise<string[]> {
  const left = (readState(path)?.held ?? []).filter((held) => runs(held.process));
  // The leashes of a start that was killed a moment ago are ending these right now: the same signal, the same grace.
  await Promise.all(left.map((held) => endGroup(held.process, 8000)));
  rmSync(path, { force: true });
  return left.map((held) => held.part);
}
