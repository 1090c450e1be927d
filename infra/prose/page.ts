import { glob, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import GithubSlugger from 'github-slugger';
import type { Code, Heading, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString as textOf } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';
import { visit } from 'unist-util-visit';

/** The repository's root. */
export const root = join(import.meta.dirname, '../..');

/** A page that a learner reads. */
export interface Page {
  /** Relative to the root, e.g. `chapters/chapter-2/01-network.md`. */
  path: string;
  tree: Root;
  headings: PageHeading[];
  blocks: Block[];
}

export interface PageHeading {
  depth: Heading['depth'];
  text: string;
  /** As GitHub links to it. */
  slug: string;
}

/** A fenced block. Its fence says the language and what the tests do with it: ` ```bash rehearsal exit=1 `. */
export interface Block {
  language: string;
  /** Words without `=`, e.g. `rehearsal`. */
  flags: Set<string>;
  /** `name=value` and `name="value with blanks"`. */
  options: Record<string, string>;
  value: string;
  /** Where it begins, to name it: `docs/cost.md:12`. */
  place: string;
}

/** Every page of the book: the root README, chapters and docs; not what belongs to the app before the move. */
export async function pages(): Promise<Page[]> {
  const exclude = (path: string) => path.includes('node_modules') || path.includes(join('chapter-1', 'before'));
  const paths: string[] = [];
  for await (const path of glob(['README.md', 'chapters/**/*.md', 'docs/**/*.md'], { cwd: root, exclude })) {
    if (!exclude(path)) paths.push(path.split(sep).join('/'));
  }
  return Promise.all(paths.toSorted().map(async (path) => page(path, await readFile(join(root, path), 'utf8'))));
}

/** A page from its text. */
export function page(path: string, text: string): Page {
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const headings: PageHeading[] = [];
  const blocks: Block[] = [];
  const slugger = new GithubSlugger();
  visit(tree, 'heading', (node) => {
    const words = textOf(node);
    headings.push({ depth: node.depth, text: words, slug: slugger.slug(words) });
  });
  visit(tree, 'code', (node) => {
    blocks.push(block(path, node));
  });
  return { path, tree, headings, blocks };
}

function block(path: string, { lang, meta, value, position }: Code): Block {
  const flags = new Set<string>();
  const options: Record<string, string> = {};
  for (const [, word = '', name, quoted, plain] of (meta ?? '').matchAll(/((\w+)=(?:"([^"]*)"|(\S+))|\S+)/g)) {
    if (name === undefined) flags.add(word);
    else options[name] = quoted ?? plain ?? '';
  }
  return { language: lang ?? '', flags, options, value, place: `${path}:${position?.start.line ?? 0}` };
}
