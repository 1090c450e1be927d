import { createHash } from 'node:crypto';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

export const FORMAT = 'blog-aws-practice/progress';
export const VERSION = 1;

const time = z.iso.datetime();
const origin = z.enum(['cdk', 'console']);
const seen = z.object({
  status: z.enum(['pass', 'fail', 'pending', 'blocked', 'unknown']),
  at: time,
  firstFail: time.nullable(),
  firstPass: time.nullable(),
  title: z.string().optional(),
  evidence: z.string().optional(),
  origins: z.array(origin).optional(),
});
const body = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** The same for every export of one clone, and nothing else: it tells two exports of one learner. */
  id: z.string(),
  learner: z.string(),
  exportedAt: time,
  aws: z.record(z.string(), seen),
  rehearsal: z.record(z.string(), seen),
  /** What ran at the time of the export, without ids; null where nobody could look. */
  running: z
    .object({
      parts: z.array(z.object({ label: z.string(), origin: origin.nullable(), usdPerHour: z.number().nullable() })),
      usdPerHour: z.number().nullable(),
    })
    .nullable(),
});
const file = body.extend({ digest: z.string() });

/** What a learner hands in. */
export type ProgressFile = z.infer<typeof body>;

/** Why a file doesn't count. */
export type Problem = 'broken' | 'foreign' | 'version' | 'tampered';

/** Writes it with a digest, by which an accidental or casual change shows. (Nothing in the learner's hands is proof; `--verify` is.) */
export async function saveProgressFile(path: string, progress: ProgressFile): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify({ ...progress, digest: digestOf(progress) }, null, 1)}\n`);
}

/** A handed-in file from its text, or why it doesn't count. Never throws. */
export function parseProgressFile(text: string): ProgressFile | Problem {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return 'broken';
  }
  const head = z.object({ format: z.literal(FORMAT), version: z.number() }).safeParse(data);
  if (!head.success) return 'foreign';
  if (head.data.version !== VERSION) return 'version';
  const whole = file.safeParse(data);
  if (!whole.success) return 'broken';
  const { digest, ...rest } = whole.data;
  return digest === digestOf(rest) ? rest : 'tampered';
}

function digestOf(progress: ProgressFile): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(progress)))
    .digest('hex');
}

/** The same value with the keys of its objects in order, so that an editor that sorts them changes nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]));
}
