import { join } from 'node:path';
import { discover, load } from '@blog-aws-practice/checks/discover.ts';
import { expect, test } from 'vitest';
import { pages, root } from './page.ts';

const book = await discover(join(root, 'checks'), join(root, 'chapters'));
const checks = await load(
  book,
  book.chapters.flatMap(({ steps }) => steps.flatMap((step) => step.checks)),
);
const all = await pages();

test.each(checks.map((check) => [check.id, check] as const))(
  '%s says what it expects, why, how to mend it and where it is taught',
  (_id, check) => {
    const { title, why, fix, doc } = check;
    expect(
      [title, why, fix.console, fix.cli, fix.cdk].map((text) => text.trim()).filter((text) => text === ''),
    ).toEqual([]);
    const [path, anchor] = doc.split('#');
    const headings = all.find((page) => page.path === path)?.headings.map(({ slug }) => slug);
    expect(headings, `${path} is no page`).toBeDefined();
    expect(headings).toContain(anchor);
  },
);
