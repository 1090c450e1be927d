import { readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { state } from '@blog-aws-practice/checks/paths.ts';
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

/** Where the rehearsal keeps its data: `.local/rehearsal`. */
export const rehearsalHome: string = join(state, 'rehearsal');

const fileIn = (home: string) => join(home, 'state.json');

export async function writeState(home: string, running: RehearsalState): Promise<void> {
  await writeFileAtomic(fileIn(home), `${JSON.stringify(running, null, 2)}\n`);
}

/** Removes the state file, but only the one that names this process. */
export async function removeState(home: string, pid: number): Promise<void> {
  const known = await readState(home);
  if (known?.pid === pid) await rm(fileIn(home), { force: true });
}

async function readState(home: string): Promise<RehearsalState | null> {
  try {
    return JSON.parse(await readFile(fileIn(home), 'utf8')) as RehearsalState;
  } catch {
    return null;
  }
}

/** The rehearsal that is up and answers; null where none does, whatever a stale state file says. */
export async function runningRehearsal(home = rehearsalHome): Promise<RehearsalState | null> {
  const known = await readState(home);
  return known !== null && (await isHealthy(known)) ? known : null;
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
