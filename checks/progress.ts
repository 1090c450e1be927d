import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Origin, Status } from './check.ts';
import type { Mode, Report } from './report/report.ts';

/** What is remembered of one check: its last outcome, when it first failed and first passed (ISO times). */
export interface Seen {
  status: Status;
  at: string;
  firstFail: string | null;
  firstPass: string | null;
  /** What the check expects, and what it saw; left out by older versions. */
  title?: string | undefined;
  evidence?: string | undefined;
  /** Who built what it saw; left out where it named nothing, and by older versions. */
  origins?: Origin[] | undefined;
}

/** Remembered outcomes by check id; the real AWS and the rehearsal apart, since green in one says nothing of the other. */
export type Progress = Record<'aws' | 'rehearsal', Record<string, Seen>>;

const VERSION = 1;
const file = (local: string) => join(local, 'progress.json');

/**
 * Reads the progress; empty when there is none or it can't be understood (cut off, another version):
 * running the checks again brings it back.
 */
export async function loadProgress(local: string): Promise<Progress> {
  try {
    const data: unknown = JSON.parse(await readFile(file(local), 'utf8'));
    if (isProgress(data)) return { aws: data.aws, rehearsal: data.rehearsal };
  } catch {
    // No file yet, or half of one.
  }
  return { aws: {}, rehearsal: {} };
}

function isProgress(data: unknown): data is Progress {
  return (
    typeof data === 'object' &&
    data !== null &&
    'version' in data &&
    data.version === VERSION &&
    'aws' in data &&
    typeof data.aws === 'object' &&
    data.aws !== null &&
    'rehearsal' in data &&
    typeof data.rehearsal === 'object' &&
    data.rehearsal !== null
  );
}

/** Which half of the progress a run counts for; a replay counts for none. */
export function half(mode: Mode): 'aws' | 'rehearsal' | null {
  return mode === 'replay' ? null : mode === 'rehearsal' ? 'rehearsal' : 'aws';
}

/** Adds a run's results. A file of a newer version is left alone. */
export async function saveProgress(local: string, report: Report): Promise<void> {
  const where = half(report.mode);
  if (where === null || (await isNewer(local))) return;
  const progress = await loadProgress(local);
  for (const { id, status, title, evidence, resources } of report.results) {
    const before = progress[where][id];
    progress[where][id] = {
      status,
      at: report.startedAt,
      firstFail: before?.firstFail ?? (status === 'fail' || status === 'blocked' ? report.startedAt : null),
      firstPass: before?.firstPass ?? (status === 'pass' ? report.startedAt : null),
      title,
      evidence,
      ...(resources.length > 0 ? { origins: [...new Set(resources.map(({ origin }) => origin))] } : {}),
    };
  }
  await writeFileAtomic(file(local), `${JSON.stringify({ version: VERSION, ...progress }, null, 1)}\n`);
}

async function isNewer(local: string): Promise<boolean> {
  try {
    const data: unknown = JSON.parse(await readFile(file(local), 'utf8'));
    return typeof data === 'object' && data !== null && 'version' in data && Number(data.version) > VERSION;
  } catch {
    return false;
  }
}
