import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { state } from '@blog-aws-practice/checks/paths.ts';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { CommandError } from '../command.ts';

const running = z.object({
  name: z.string(),
  /** ISO time. */
  startedAt: z.string(),
  /** How many hints were read. */
  hints: z.number().int(),
  /** What the drill wrote down to take itself back. */
  undo: z.unknown(),
});

const memory = z.object({
  /** By environment: at most one drill at a time. */
  running: z.record(z.string(), running),
  solved: z.array(z.object({ name: z.string(), solvedAt: z.string(), seconds: z.number(), hints: z.number().int() })),
});

export type RunningDrill = z.infer<typeof running>;
export type SolvedDrill = z.infer<typeof memory>['solved'][number];
export type Memory = z.infer<typeof memory>;

const file = join(state, 'drills.json');

/** What drills have run and run now. @throws CommandError for a file that can't be understood; it is never overwritten */
export async function recall(): Promise<Memory> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { running: {}, solved: [] };
    throw error;
  }
  try {
    return memory.parse(JSON.parse(text));
  } catch {
    throw new CommandError(
      `演習の覚え書き ${file} が壊れていて読めません。何も変えずに終わりました。前の内容に戻すか、始めた演習がなければこのファイルを削除して、もう一度実行してください。`,
    );
  }
}

/** Whole or not at all, even when the machine goes down. */
export async function remember(value: Memory): Promise<void> {
  await writeFileAtomic(file, `${JSON.stringify(value, null, 1)}\n`);
}
