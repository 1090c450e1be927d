import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { state } from '@blog-aws-practice/checks/paths.ts';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { CommandError } from '../command.ts';

const tags = z.array(z.object({ Key: z.string(), Value: z.string() }));

const service = z.object({
  cluster: z.string(),
  name: z.string(),
  desired: z.number().int(),
  /** Bounds of its auto scaling; null where it has none. */
  scaling: z.object({ min: z.number().int(), max: z.number().int() }).nullable(),
});

const gateway = z.object({
  id: z.string(),
  subnet: z.string(),
  allocation: z.string(),
  tags,
  addressTags: tags,
  /** Routes that led to it. */
  routes: z.array(z.object({ table: z.string(), destination: z.string() })),
});

const stack = z.object({
  name: z.string(),
  /** Resources taken out of the template, by logical id. */
  resources: z.record(z.string(), z.unknown()),
  /** `DependsOn` entries taken out with them. */
  dependencies: z.array(z.object({ of: z.string(), on: z.string() })),
});

const paused = z.object({
  /** ISO time of the first pause since the last resume. */
  pausedAt: z.string(),
  services: z.array(service),
  /** Identifiers of clusters that were stopped. */
  clusters: z.array(z.string()),
  gateways: z.array(gateway),
  stack: stack.nullable(),
});

export type PausedService = z.infer<typeof service>;
export type PausedGateway = z.infer<typeof gateway>;
export type PausedStack = z.infer<typeof stack>;
/** What a pause changes, as it was before; enough to bring it back. */
export type Paused = z.infer<typeof paused>;

const file = join(state, 'paused.json');

/** What was remembered for an environment; null where nothing was. The key names AWS, account and VPC. */
export async function recall(key: string): Promise<Paused | null> {
  return (await all())[key] ?? null;
}

/** Remembers it, or with null forgets it. Whole or not at all, even when the machine goes down. */
export async function remember(key: string, value: Paused | null): Promise<void> {
  const { [key]: _, ...others } = await all();
  const next = value === null ? others : { ...others, [key]: value };
  await writeFileAtomic(file, `${JSON.stringify(next, null, 1)}\n`);
}

/** @throws CommandError for a file that can't be understood: what it knows is nowhere else, so it is never overwritten */
async function all(): Promise<Record<string, Paused>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  try {
    return z.record(z.string(), paused).parse(JSON.parse(text));
  } catch {
    throw new CommandError(
      `休ませたものの覚え書き ${file} が壊れていて読めません。何も変えずに終わりました。前の内容に戻すか、休ませたものがなければこのファイルを削除して、もう一度実行してください。`,
    );
  }
}
