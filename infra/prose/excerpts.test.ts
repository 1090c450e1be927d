import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Block, pages, root } from './page.ts';

/** Languages in which a block could be taken for a file of this repository. */
const CODE = new Set([
  'ts',
  'tsx',
  'js',
  'json',
  'jsonc',
  'yaml',
  'yml',
  'prisma',
  'dockerfile',
  'sql',
  'toml',
  'graphql',
]);

/** A line that stands for what an excerpt leaves out: `// …`, `# …`. */
const GAP = /^\s*(?:\/\/|#|--)?\s*…\s*$/;

/**
 * Whether a block is what the file says: its pieces (between lines of `…`) stand in the file one after the other, line
 * by line; only how far they are indented may differ.
 */
function isExcerpt(block: string, file: string): boolean {
  const lines = file.split('\n');
  let from = 0;
  for (const piece of pieces(block)) {
    const at = lines.findIndex((_, index) => index >= from && stands(piece, lines.slice(index, index + piece.length)));
    if (at === -1) return false;
    from = at + piece.length;
  }
  return true;
}

function pieces(block: string): string[][] {
  const all: string[][] = [[]];
  for (const line of block.split('\n')) {
    if (GAP.test(line)) all.push([]);
    else all.at(-1)?.push(line);
  }
  return all.filter((piece) => piece.some((line) => line.trim() !== ''));
}

function stands(piece: string[], lines: string[]): boolean {
  return piece.length === lines.length && dedented(piece) === dedented(lines);
}

function dedented(lines: string[]): string {
  const depths = lines.flatMap((line) => (line.trim() === '' ? [] : [line.search(/\S/)]));
  const depth = Math.min(...depths);
  return lines.map((line) => line.slice(depth).trimEnd()).join('\n');
}

const blocks = (await pages()).flatMap((page) => page.blocks);
const excerpts = blocks.filter(({ options }) => options.file !== undefined);

test('there are excerpts to compare', () => {
  expect(excerpts.length).toBeGreaterThan(0);
});

test.each(excerpts.map((block) => [`${block.place} ${block.options.file}`, block] as const))(
  '%s equals the file',
  async (_name, block) => {
    const file = await readFile(join(root, block.options.file ?? ''), 'utf8');
    expect(isExcerpt(block.value, file), `${block.place} is not what ${block.options.file} says`).toBe(true);
  },
);

test('every block of code names its file, or says why it has none', () => {
  const unnamed = ({ language, options }: Block) => CODE.has(language) && !options.file && !options.skip;
  expect(blocks.filter(unnamed).map(({ place }) => place)).toEqual([]);
});

test('an excerpt may be indented otherwise and leave lines out, but not differ or turn round', () => {
  const file = 'class A {\n  one() {\n    return 1;\n  }\n  two() {}\n}\n';
  expect(isExcerpt('one() {\n  return 1;\n}', file)).toBe(true);
  expect(isExcerpt('class A {\n  // …\n  two() {}', file)).toBe(true);
  expect(isExcerpt('one() {\n  return 2;\n}', file)).toBe(false);
  expect(isExcerpt('two() {}\n// …\none() {', file)).toBe(false);
  expect(isExcerpt('one() {\nreturn 1;\n}', file)).toBe(false);
});
