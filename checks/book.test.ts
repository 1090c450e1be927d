import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import { describe, expect, test } from 'vitest';
import { type Check, discover, load } from './discover.ts';
import { root } from './paths.ts';

// The book proves itself: whoever adds a check file is told here what it still lacks.
const folder = join(root, 'checks');
const book = await discover(folder, join(root, 'chapters'));
const ids = book.chapters.flatMap(({ steps }) => steps.flatMap(({ checks }) => checks));
const checks = await load(book, ids);
const anchors = new Map<string, Set<string>>();

/** The anchors of a page's headings, as GitHub makes them, and those it sets itself. */
async function anchorsOf(page: string): Promise<Set<string>> {
  let known = anchors.get(page);
  if (!known) {
    const text = (await readFile(join(root, page), 'utf8')).replaceAll(/^```[\s\S]*?^```/gm, '');
    const slugger = new GithubSlugger();
    const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) =>
      slugger.slug(title.replaceAll(/[`*]|\[([^\]]*)\]\([^)]*\)/g, '$1')),
    );
    const own = [...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id = '']) => id);
    known = new Set([...headings, ...own]);
    anchors.set(page, known);
  }
  return known;
}

test('there are checks, every need exists, and needs never go round in a circle', () => {
  expect(ids.length).toBeGreaterThan(0);
  expect(new Set(checks.map(({ id }) => id))).toEqual(new Set(ids));
});

test('no two checks of a chapter have the same title', () => {
  const titles = checks.map(({ id, title }) => `${id.split('/')[0]} ${title}`);
  expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
});

test.each(book.chapters.map(({ id }) => id))('%s can be run by zx', (chapter) => {
  expect(existsSync(join(folder, chapter, 'check.ts'))).toBe(true);
});

test.each(book.chapters.flatMap(({ id, steps }) => steps.map((step) => [`${id}/${step.id}`, step.page])))(
  '%s has a page',
  (_step, page) => {
    expect(page).not.toBeNull();
  },
);

describe.each(checks.map((check): [string, Check] => [check.id, check]))('%s', (id, check) => {
  test('says what it expects, why, and how to mend it by every way', () => {
    for (const text of [check.title, check.why, check.fix.console, check.fix.cli, check.fix.cdk]) {
      expect(text.trim()).not.toBe('');
      expect(text).not.toMatch(/TODO|FIXME|undefined/);
    }
    expect(check.title).not.toMatch(/[。？！]$/);
    expect(check.why).toMatch(/。$/);
  });

  test('points at a heading that exists', async () => {
    const [page = '', anchor = ''] = check.doc.split('#');
    expect(page).toMatch(/^chapters\/.+\.md$/);
    expect([...(await anchorsOf(page))]).toContain(decodeURIComponent(anchor));
  });

  test('has a test beside it', () => {
    expect(existsSync(join(folder, `${id}.test.ts`))).toBe(true);
  });

  test('links to a console page that is not bound to a region', () => {
    expect(check.console ?? '').not.toMatch(/^https?:|region=|^\//);
  });
});
