import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A rehearsal AWS that runs on this machine, as its state file tells. */
export interface Rehearsal {
  /** E.g. `http://127.0.0.1:4566`. */
  endpoint: string;
  pid: number;
}

const state = z.object({ endpoint: z.url(), pid: z.int().positive() });

/** The running rehearsal; null when none is up (no file, an unreadable one, or its process has ended). */
export async function runningRehearsal(local: string): Promise<Rehearsal | null> {
  try {
    const { endpoint, pid } = state.parse(JSON.parse(await readFile(join(local, 'rehearsal', 'state.json'), 'utf8')));
    process.kill(pid, 0);
    return { endpoint, pid };
  } catch {
    return null;
  }
}

/** The key that opens the rehearsal and nothing else; tools that cache by key never take it for a real account's. */
export const REHEARSAL_CREDENTIALS = { accessKeyId: 'REHEARSAL', secretAccessKey: 'rehearsal' };
