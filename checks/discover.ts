import { glob, readFile } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheckDefinition } from './check.ts';

/** The checks that exist, as their files say; nothing is loaded yet. */
export interface Book {
  /** The folder that holds `<chapter>/<step>/<check>.ts`. */
  folder: string;
  chapters: Chapter[];
}

export interface Chapter {
  /** Its folder's name: `preflight`, `chapter-1` … `chapter-5`, `cleanup`. */
  id: string;
  /** What its page calls it, e.g. `第2章 AWS インフラ`; the id where there is no page. */
  title: string;
  steps: Step[];
}

export interface Step {
  /** Its folder's name, e.g. `network`. */
  id: string;
  /** What its page calls it. */
  title: string;
  /** The page, relative to the repository, e.g. `chapters/chapter-2/01-network.md`; null where there is none. */
  page: string | null;
  /** Full ids of its checks, e.g. `chapter-2/network/vpc`. */
  checks: string[];
}

/** A check with the id that its path gives it. */
export type Check = CheckDefinition<unknown> & { id: string };

/**
 * Finds every check by its path, in the order in which the chapters teach: preflight, the numbered chapters, cleanup;
 * within a chapter as its pages are numbered.
 * @param folder holds the checks
 * @param pages holds the chapters' pages
 */
export async function discover(folder: string, pages: string): Promise<Book> {
  const paths: string[] = [];
  for await (const path of glob('{preflight,chapter-*,cleanup}/*/*.ts', { cwd: folder })) {
    if (!/\.(test|d)\.ts$/.test(path)) paths.push(path.split(sep).join('/').slice(0, -'.ts'.length));
  }
  const byChapter = Map.groupBy(paths.toSorted(), (id) => id.split('/')[0] ?? '');
  const chapters = await Promise.all(
    [...byChapter]
      .toSorted(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
      .map(([id, ids]) => chapterOf(id, ids, pages)),
  );
  return { folder, chapters };
}

function rank(chapter: string): number {
  return ['preflight', 'cleanup'].indexOf(chapter) === -1 ? 1 : chapter === 'preflight' ? 0 : 2;
}

async function chapterOf(id: string, ids: string[], pages: string): Promise<Chapter> {
  const found: string[] = [];
  for await (const path of glob('*.md', { cwd: join(pages, id) })) found.push(path);
  const files = found.toSorted();
  const byStep = Map.groupBy(ids, (check) => check.split('/')[1] ?? '');
  const steps = await Promise.all(
    [...byStep].map(async ([step, checks]) => {
      const file = files.find((name) => basename(name, '.md').replace(/^\d+-/, '') === step);
      const title = (file && (await heading(join(pages, id, file)))) ?? step;
      return { id: step, title, page: file ? `chapters/${id}/${file}` : null, checks };
    }),
  );
  return {
    id,
    title: (await heading(join(pages, id, 'README.md'))) ?? id,
    steps: steps.toSorted(byPage),
  };
}

/** As the pages are numbered; a step without a page comes last. */
function byPage(a: Step, b: Step): number {
  if (a.page === null || b.page === null) return Number(a.page === null) - Number(b.page === null);
  return a.page.localeCompare(b.page);
}

/** A page's title: its first heading. */
async function heading(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^# (.+)$/m.exec(text)?.[1]?.trim() ?? null;
}

/**
 * Loads the checks with these ids and all that they need, needs first.
 * @throws Error when a file doesn't hold a check, a need doesn't exist, or needs go round in a circle: mistakes of the
 * book itself, which its own tests find
 */
export async function load(book: Book, ids: string[]): Promise<Check[]> {
  const loaded = new Map<string, Check>();
  const read = async (id: string): Promise<void> => {
    if (loaded.has(id)) return;
    const module: { default?: CheckDefinition<unknown> } = await import(
      pathToFileURL(join(book.folder, `${id}.ts`)).href
    );
    if (typeof module.default?.judge !== 'function') throw new Error(`${id}.ts has no check as its default export`);
    loaded.set(id, { ...module.default, id });
    await Promise.all((module.default.needs ?? []).map(read));
  };
  await Promise.all(ids.map(read));

  const ordered = new Map<string, Check>();
  const visit = (id: string, way: string[]): void => {
    if (way.includes(id)) throw new Error(`needs go round in a circle: ${[...way, id].join(' → ')}`);
    const check = loaded.get(id);
    if (!check || ordered.has(id)) return;
    for (const need of check.needs ?? []) visit(need, [...way, id]);
    ordered.set(id, check);
  };
  for (const id of ids) visit(id, []);
  return [...ordered.values()];
}
