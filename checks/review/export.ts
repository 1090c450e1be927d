import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { architectureMap } from '../map/map.ts';
import { survey } from '../map/survey.ts';
import { open, type Where } from '../open.ts';
import { loadProgress, type Seen } from '../progress.ts';
import { FORMAT, type ProgressFile, VERSION } from './progress-file.ts';
import { redacted } from './redact.ts';

/**
 * What a learner hands in: their progress, and what runs now, without anything that is nobody's business.
 * @param where what to look at for what runs
 */
export async function exported(local: string, learner: string, where: Where): Promise<ProgressFile> {
  const [{ aws, rehearsal }, running, id] = await Promise.all([loadProgress(local), runningNow(where), ownId(local)]);
  return {
    format: FORMAT,
    version: VERSION,
    id,
    learner,
    exportedAt: new Date().toISOString(),
    aws: safe(aws),
    rehearsal: safe(rehearsal),
    running,
  };
}

function safe(half: Record<string, Seen>): ProgressFile['aws'] {
  return Object.fromEntries(
    Object.entries(half).map(([id, { evidence, ...rest }]) => [
      id,
      evidence === undefined || rest.status === 'pass' ? rest : { ...rest, evidence: redacted(evidence) },
    ]),
  );
}

/** What there is of the architecture, and what it costs; null where nobody could look. */
async function runningNow(where: Where): Promise<ProgressFile['running']> {
  const opened = await open(where);
  try {
    const { parts, usdPerHour } = architectureMap(await survey(opened.world), []);
    if (usdPerHour === null) return null;
    const paid = parts.filter((part) => part.state === 'found' && (part.usdPerHour ?? 0) > 0);
    return {
      parts: paid.map(({ label, origin, usdPerHour: usd }) => ({ label, origin, usdPerHour: usd })),
      usdPerHour,
    };
  } finally {
    opened.close();
  }
}

/** This clone's own mark: random, so that it says nothing about anybody. */
async function ownId(local: string): Promise<string> {
  const file = join(local, 'learner.json');
  try {
    const known: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof known === 'object' && known !== null && 'id' in known && typeof known.id === 'string') return known.id;
  } catch {
    // None yet, or half of one.
  }
  const id = randomUUID();
  await writeFileAtomic(file, `${JSON.stringify({ id })}\n`);
  return id;
}
