import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { visit } from 'unist-util-visit';
import { expect, test } from 'vitest';
import { type Page, page, pages, root } from './page.ts';

/** Links of a page that lead nowhere inside the repository, e.g. `a.md:3 → b.md#c`. */
function broken(from: Page, all: Page[]): string[] {
  const found: string[] = [];
  visit(from.tree, (node) => {
    if (node.type !== 'link' && node.type !== 'image' && node.type !== 'definition') return;
    if (/^[a-z][a-z+.-]*:/i.test(node.url)) return;
    const [path = '', anchor] = node.url.split('#').map(decodeURI);
    const target = path === '' ? from.path : relative(root, join(root, dirname(from.path), path));
    const exists = all.some((one) => one.path === target) || existsSync(join(root, target));
    const named = all.find((one) => one.path === target)?.headings.some(({ slug }) => slug === anchor);
    if (!exists || (anchor !== undefined && !named))
      found.push(`${from.path}:${node.position?.start.line} → ${node.url}`);
  });
  return found;
}

test('every link inside the repository leads to a file, and to a heading of it', async () => {
  const all = await pages();
  expect(all.length).toBeGreaterThan(10);
  expect(all.flatMap((one) => broken(one, all))).toEqual([]);
});

test('a link to a missing file, a missing heading and a missing own heading are all found', () => {
  const target = page('docs/b.md', '# B\n\n## 見出し\n');
  const from = page(
    'docs/a.md',
    '[1](b.md#見出し) [2](b.md#ない) [3](c.md) [4](#ない) [5](https://example.com/#x) [6](../README.md)\n',
  );
  expect(broken(from, [from, target])).toEqual([
    'docs/a.md:1 → b.md#ない',
    'docs/a.md:1 → c.md',
    'docs/a.md:1 → #ない',
  ]);
});
