import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import type { Choice } from '../world.ts';
import type { Call } from './tape.ts';

/** A run's looks as a file: enough to judge again, anywhere, with the network off. */
export interface Recording {
  /** When the run began; a replay judges as of that time. */
  recordedAt: string;
  account: string | null;
  choice: Choice;
  calls: Call[];
}

const FORMAT = 'blog-aws-practice/checks-recording';
const VERSION = 1;

const failure = z.object({
  port: z.string(),
  action: z.string(),
  name: z.string(),
  message: z.string(),
  code: z.string().nullable(),
  status: z.number().nullable(),
});
const shape = z.object({
  recordedAt: z.iso.datetime(),
  account: z.string().nullable(),
  choice: z.object({
    vpc: z.string().nullable(),
    vpcFrom: z.enum(['flag', 'saved']).nullable(),
    prefix: z.string(),
    region: z.string(),
    app: z.string().optional(),
  }),
  calls: z.array(
    z.object({
      port: z.string(),
      action: z.string(),
      input: z.unknown().optional(),
      output: z.unknown().optional(),
      failure: failure.optional(),
    }),
  ),
});

/** Writes a recording so that the file is either the old one or the whole new one. */
export async function saveRecording(file: string, recording: Recording): Promise<void> {
  await writeFileAtomic(file, `${JSON.stringify({ format: FORMAT, version: VERSION, ...recording }, encode, 1)}\n`);
}

/**
 * Reads what `saveRecording` wrote.
 * @throws Refusal with a sentence for the learner, when it is missing, cut off, foreign or newer.
 */
export async function loadRecording(file: string): Promise<Recording> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(
      error.code === 'ENOENT'
        ? `記録ファイル ${file} が見つかりません。パスを確かめてください。`
        : `記録ファイル ${file} を読めません（${error.code ?? error.message}）。パスと読み取り権限を確かめてください。`,
    );
  });
  let data: unknown;
  try {
    data = JSON.parse(text, decode);
  } catch {
    throw new Refusal(
      `記録ファイル ${file} は途中で切れているか、JSON ではありません。--record で記録し直してください。`,
    );
  }
  const head = z.object({ format: z.literal(FORMAT), version: z.number() }).safeParse(data);
  if (!head.success) {
    throw new Refusal(
      `${file} は pnpm check --record の記録ではありません。--record で作ったファイルを指定してください。`,
    );
  }
  if (head.data.version !== VERSION) {
    throw new Refusal(
      `記録ファイル ${file} は別の版（${head.data.version}）の形式です。この版は ${VERSION} だけを読めます。リポジトリを更新するか、記録し直してください。`,
    );
  }
  const body = shape.safeParse(data);
  if (!body.success) {
    throw new Refusal(
      `記録ファイル ${file} の中身が壊れています（${body.error.issues[0]?.path.join('.')}）。--record で記録し直してください。`,
    );
  }
  const { recordedAt, account, choice, calls } = body.data;
  return {
    recordedAt,
    account,
    choice,
    calls: calls.map(({ port, action, input, output, failure: failed }) =>
      failed ? { port, action, input, failure: failed } : { port, action, input, output },
    ),
  };
}

// JSON has no dates and no bytes; AWS's answers have both.
function encode(this: unknown, key: string, value: unknown): unknown {
  const raw = typeof this === 'object' && this !== null ? (this as Record<string, unknown>)[key] : value;
  if (raw instanceof Date) return { $date: raw.toISOString() };
  if (raw instanceof Uint8Array) return { $bytes: Buffer.from(raw).toString('base64') };
  return value;
}

function decode(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$date' in value && typeof value.$date === 'string') return new Date(value.$date);
  if ('$bytes' in value && typeof value.$bytes === 'string')
    return Uint8Array.from(Buffer.from(value.$bytes, 'base64'));
  return value;
}
