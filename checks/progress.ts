import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
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

/**
 * Adds a run's results; runs that end together wait for one another, so that none is lost. A file that can't be read is
 * kept under another name, one of a newer version is left alone.
 * @returns what the learner should know of the file, in one sentence; null for nothing
 */
export async function saveProgress(local: string, report: Report): Promise<string | null> {
  const where = half(report.mode);
  if (where === null) return null;
  await mkdir(local, { recursive: true });
  const path = file(local);
  // Long enough for thirty runs that end at once; a run that died with the lock holds it for ten seconds.
  const release = await lock(path, {
    realpath: false,
    stale: 10_000,
    retries: { retries: 100, minTimeout: 20, maxTimeout: 200 },
  });
  try {
    const { progress, notice } = await toWriteOver(path);
    if (progress === null) return notice;
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
    await writeFileAtomic(path, `${JSON.stringify({ version: VERSION, ...progress }, null, 1)}\n`);
    return notice;
  } finally {
    await release();
  }
}

/** What is in the file before it is written over; `progress` is null where it must not be. */
async function toWriteOver(path: string): Promise<{ progress: Progress | null; notice: string | null }> {
  const empty = { aws: {}, rehearsal: {} };
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text === '') return { progress: empty, notice: null };
  const data = parsed(text);
  if (isProgress(data)) return { progress: { aws: data.aws, rehearsal: data.rehearsal }, notice: null };
  if (typeof data === 'object' && data !== null && 'version' in data && Number(data.version) > VERSION) {
    return {
      progress: null,
      notice: `進み具合の記録 ${path} は、これより新しい版で書かれているので、書きかえませんでした。git pull で新しくすると、続きから記録できます。`,
    };
  }
  const kept = path.replace(/\.json$/, '.broken.json');
  await rename(path, kept);
  return {
    progress: empty,
    notice: `進み具合の記録 ${path} が途中で切れているようで読めなかったので、${kept} に取っておき、新しく記録を始めました。チェックをもう一度実行すると、進み具合が戻ります。`,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
