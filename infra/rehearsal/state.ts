import { readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import writeFileAtomic from 'write-file-atomic';

/** The rehearsal that is up, as `state.json` in its folder tells others. */
export interface RehearsalState {
  /** e.g. `http://127.0.0.1:4566` */
  endpoint: string;
  pid: number;
  /** ISO time. */
  startedAt: string;
  /** Whether another program holds its standard input and ends it (`npm start`). */
  supervised: boolean;
}

/** Where the rehearsal keeps its data: `REHEARSAL_HOME`, or `.local/rehearsal` at the repository's root. */
export const rehearsalHome = (): string =>
  process.env.REHEARSAL_HOME ?? fileURLToPath(new URL('../../.local/rehearsal', import.meta.url));

const fileIn = (home: string) => join(home, 'state.json');

export async function writeState(home: string, state: RehearsalState): Promise<void> {
  await writeFileAtomic(fileIn(home), `${JSON.stringify(state, null, 2)}\n`);
}

/** Removes the state file, but only the one that names this process. */
export async function removeState(home: string, pid: number): Promise<void> {
  const state = await readState(home);
  if (state?.pid === pid) await rm(fileIn(home), { force: true });
}

async function readState(home: string): Promise<RehearsalState | null> {
  try {
    return JSON.parse(await readFile(fileIn(home), 'utf8')) as RehearsalState;
  } catch {
    return null;
  }
}

/** The rehearsal that is up and answers; null where none does, whatever a stale state file says. */
export async function runningRehearsal(home = rehearsalHome()): Promise<RehearsalState | null> {
  const state = await readState(home);
  return state !== null && (await isHealthy(state)) ? state : null;
}

function isHealthy({ endpoint, pid }: RehearsalState): Promise<boolean> {
  return new Promise((resolve) => {
    const call = request(`${endpoint}/_rehearsal/health`, { timeout: 5000 }, async (answer) => {
      const text = (await answer.toArray()).join('');
      resolve(answer.statusCode === 200 && (JSON.parse(text) as { pid?: number }).pid === pid);
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve(false)).end();
  });
}
