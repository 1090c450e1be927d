import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A rehearsal AWS that runs on this machine, as its state file tells. */
export interface Rehearsal {
  /** E.g. `http://127.0.0.1:4566`. */
  endpoint: string;
  pid: number;
}

/** The running rehearsal; null when none is up (no file, an unreadable one, or its process has ended). */
export async function runningRehearsal(local: string): Promise<Rehearsal | null> {
  try {
    const data: unknown = JSON.parse(await readFile(join(local, 'rehearsal', 'state.json'), 'utf8'));
    if (typeof data !== 'object' || data === null || !('endpoint' in data) || !('pid' in data)) return null;
    const { endpoint, pid } = data;
    if (typeof endpoint !== 'string' || !URL.canParse(endpoint) || typeof pid !== 'number' || pid <= 0) return null;
    process.kill(pid, 0);
    return { endpoint, pid };
  } catch {
    return null;
  }
}

/** The key that opens the rehearsal and nothing else; tools that cache by key never take it for a real account's. */
export const REHEARSAL_CREDENTIALS = { accessKeyId: 'REHEARSAL', secretAccessKey: 'rehearsal' };
