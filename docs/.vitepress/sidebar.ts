import { glob, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { DefaultTheme } from 'vitepress';

/** The table of contents from the pages themselves: chapters as they are taught, then docs, then decisions. */
export async function sidebar(root: string): Promise<DefaultTheme.SidebarItem[]> {
  const items = async (pattern: string) => {
    const paths: string[] = [];
    for await (const path of glob(pattern, { cwd: root })) paths.push(path.split(sep).join('/'));
    const named = paths.toSorted().map(async (path) => ({
      text: await title(join(root, path)),
      link: `/${path.replace(/(README)?\.md$/, '')}`,
    }));
    return Promise.all(named);
  };
  const chapter = async (id: string) => {
    const pages = await items(`chapters/${id}/*.md`);
    const [first = { text: id, link: '' }] = pages.filter(({ link }) => link.endsWith('/'));
    return { ...first, collapsed: false, items: pages.filter(({ link }) => link !== first.link) };
  };
  const ids = ['preflight', ...Array.from({ length: 5 }, (_, index) => `chapter-${index + 1}`)];
  return [
    { text: '目次', link: '/chapters/' },
    ...(await Promise.all(ids.map(chapter))),
    shelf('読みもの', await items('docs/*.md')),
    shelf('決めたこと', await items('docs/decisions/*.md')),
  ];
}

/** It leads to its first page: VitePress nests a button in a button where a group that folds leads nowhere. */
function shelf(text: string, items: DefaultTheme.SidebarItem[]): DefaultTheme.SidebarItem {
  return { text, link: items[0]?.link ?? '', collapsed: true, items };
}

async function title(file: string): Promise<string> {
  return /^# (.+)$/m.exec(await readFile(file, 'utf8'))?.[1]?.trim() ?? file;
}
