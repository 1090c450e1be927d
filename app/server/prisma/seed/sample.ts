import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One sample article: a Markdown file under prisma/seed with its facts in front. */
export interface Sample {
  title: string;
  /** The author's display name. */
  author: string;
  tags: string[];
  /** Null for a draft. */
  daysAgo: number | null;
  comments: { author: string; body: string }[];
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
 * Reads `---`, lines of `name: value` (comments as `  - author: text`), `---`, and the body.
 * @throws Error that names the file and what is missing.
 */
export function parseSample(text: string, name: string): Sample {
  const [, head, body] = /^---\n(.*?)\n---\n+(.*)$/s.exec(text) ?? [];
  if (head === undefined || body === undefined) throw new Error(`${name}: the facts between --- are missing`);
  const facts = new Map<string, string>();
  const comments: Sample['comments'] = [];
  for (const line of head.split('\n')) {
    const [, isComment, key, value] = /^(\s+- )?([^:]+):\s*(.*)$/.exec(line) ?? [];
    if (key === undefined || value === undefined) throw new Error(`${name}: cannot read "${line}"`);
    if (isComment) comments.push({ author: key, body: value });
    else facts.set(key, value);
  }
  const fact = (key: string): string => {
    const value = facts.get(key);
    if (!value) throw new Error(`${name}: ${key} is missing`);
    return value;
  };
  return {
    title: fact('title'),
    author: fact('author'),
    tags: fact('tags').split(', '),
    daysAgo: facts.get('draft') === 'true' ? null : Number(fact('daysAgo')),
    comments,
    body: body.trim(),
  };
}
