import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

const facts = z.strictObject({
  title: z.string().min(1),
  /** The author's display name. */
  author: z.string().min(1),
  tags: z.array(z.string().min(1)).min(1),
  /** Null for a draft. */
  daysAgo: z.number().min(0).nullable(),
  comments: z.array(z.strictObject({ author: z.string().min(1), body: z.string().min(1) })).default([]),
});

/** One sample article: a Markdown file under prisma/seed with its facts as YAML in front. */
export interface Sample extends z.infer<typeof facts> {
  body: string;
}

/** The samples in a folder, in the order of their file names. */
export function readSamples(folder: string): Sample[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => parseSample(readFileSync(join(folder, name), 'utf8'), name));
}

/**
 * Reads `---`, the facts, `---`, and the body.
 * @throws Error that names the file and what is missing.
 */
export function parseSample(text: string, name: string): Sample {
  const [, head, body] = /^---\n(.*?)\n---\n+(.*)$/s.exec(text) ?? [];
  if (head === undefined || body === undefined) throw new Error(`${name}: the facts between --- are missing`);
  const result = facts.safeParse(parse(head));
  if (!result.success) throw new Error(`${name}: ${z.prettifyError(result.error)}`);
  return { ...result.data, body: body.trim() };
}
