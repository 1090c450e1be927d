import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Left } from '@blog-aws-practice/checks/left/left.ts';
import { state } from '@blog-aws-practice/checks/paths.ts';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

const file = join(state, 'cleanup.json');
const memory = z.object({ key: z.string(), agreed: z.array(z.string()) });

const nameOf = ({ resource: { type, id } }: Left) => `${type} ${id}`;

/**
 * Remembers what was agreed to go, until all of it is gone: when a cleanup is interrupted, what told whose a thing is (the
 * VPC, the service that used it) may be gone before it.
 */
export async function rememberAgreed(key: string, agreed: Left[]): Promise<void> {
  await writeFileAtomic(file, `${JSON.stringify({ key, agreed: agreed.map(nameOf) }, null, 1)}\n`);
}

/** Forgets it. */
export async function forgetAgreed(): Promise<void> {
  await rm(file, { force: true });
}

/** Tells what an interrupted cleanup of this AWS and account was agreed to take away; nothing where the file can't be read. */
export async function wasAgreed(key: string): Promise<(one: Left) => boolean> {
  try {
    const known = memory.parse(JSON.parse(await readFile(file, 'utf8')));
    const agreed = new Set(known.key === key ? known.agreed : []);
    return (one) => agreed.has(nameOf(one));
  } catch {
    return () => false;
  }
}
