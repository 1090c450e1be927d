import DataLoader from 'dataloader';
import * as z from 'zod';
import type { Context } from '../../graphql/context.ts';
import type { Page } from '../root/connection.ts';
import { isoTime, SqlParameters } from '../root/sql.ts';
import type { ArticleModel } from './model.ts';

/*
 * All reading of articles. One statement gives a whole page, with authors and tags, as one JSON value: measured
 * against the alternatives in docs/decisions/server-002-raw-sql-reads.md.
 */

/** Position in a list of published articles: publishedAt (ISO 8601) and id. */
export const publishedKey = z.tuple([z.iso.datetime(), z.int32()]);
export type PublishedKey = z.infer<typeof publishedKey>;

/** Position in a list of drafts: the id. */
export const draftKey = z.tuple([z.int32()]);
export type DraftKey = z.infer<typeof draftKey>;

/** Which published articles are meant; what is absent does not restrict. */
export interface ArticleFilter {
  tag?: string | null;
  authorId?: number | null;
  /** Words, all of which the title or the body must contain. */
  search?: string[];
}

/** The SQL of each field of an article; `a` is the article, `u` its author. */
const COLUMNS: Record<keyof ArticleModel, string> = {
  id: 'a.id',
  title: 'a.title',
  body: 'a.body',
  excerpt: 'a.excerpt',
  publishedAt: isoTime('a."publishedAt"'),
  createdAt: isoTime('a."createdAt"'),
  updatedAt: isoTime('a."updatedAt"'),
  author: `json_build_object('id', u.id, 'name', u.name, 'createdAt', ${isoTime('u."createdAt"')})`,
  tags: `(SELECT coalesce(json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.name COLLATE "C"), '[]')
    FROM "ArticleTag" at JOIN "Tag" t ON t.id = at."tagId" WHERE at."articleId" = a.id)`,
  commentCount: '(SELECT count(*)::int FROM "Comment" c WHERE c."articleId" = a.id)',
};

/** Needed whatever was asked for: the cursor, and who may see and change the article. */
const ALWAYS = ['id', 'publishedAt', 'author'] as const;

function select(fields: ReadonlySet<string>): string {
  const names = (Object.keys(COLUMNS) as (keyof ArticleModel)[]).filter(
    (name) => fields.has(name) || (ALWAYS as readonly string[]).includes(name),
  );
  return names.map((name) => `${COLUMNS[name]} AS "${name}"`).join(', ');
}

/** The statement's rows as one JSON array, in their order. */
function asJson(rows: string): string {
  return `SELECT coalesce(json_agg(row_to_json(page)), '[]') FROM (${rows}) page`;
}

/**
 * A page of published articles, the newest first. The inner query finds the page by the index alone; only its rows
 * are then joined to their author and tags.
 */
function publishedPage(
  where: string[],
  page: Page<PublishedKey>,
  fields: ReadonlySet<string>,
  parameters: SqlParameters,
): string {
  const order = page.backward ? 'ASC' : 'DESC';
  const beyond = page.from && `("publishedAt", id) ${page.backward ? '>' : '<'} ${keyOf(page.from, parameters)}`;
  const conditions = ['"publishedAt" IS NOT NULL', ...where, ...(beyond ? [beyond] : [])];
  const by = (table: string) => `ORDER BY ${table}"publishedAt" ${order}, ${table}id ${order}`;
  return asJson(`SELECT ${select(fields)}
    FROM (SELECT * FROM "Article" article WHERE ${conditions.join(' AND ')} ${by('')} LIMIT ${page.size + 1}) a
    JOIN "User" u ON u.id = a."authorId" ${by('a.')}`);
}

function keyOf([publishedAt, id]: PublishedKey, parameters: SqlParameters): string {
  return `(${parameters.add(publishedAt)}::timestamptz AT TIME ZONE 'UTC', ${parameters.add(id)}::int)`;
}

const WITH_TAG = (tag: string) =>
  `EXISTS (SELECT FROM "ArticleTag" at WHERE at."articleId" = article.id AND at."tagId" = ${tag})`;

/** @returns one row more than the page holds when there are more. */
export async function findArticles(
  { database }: Context,
  filter: ArticleFilter,
  page: Page<PublishedKey>,
  fields: ReadonlySet<string>,
): Promise<ArticleModel[]> {
  const parameters = new SqlParameters();
  const where = [];
  if (filter.authorId != null) where.push(`"authorId" = ${parameters.add(filter.authorId)}::int`);
  if (filter.tag != null) {
    where.push(WITH_TAG(`(SELECT id FROM "Tag" WHERE lower(name) = lower(${parameters.add(filter.tag)}))`));
  }
  for (const word of filter.search ?? []) where.push(containing(word, parameters));
  const text = publishedPage(where, page, fields, parameters);
  return first(await database.pool.query<[ArticleModel[]]>({ text, values: parameters.values, rowMode: 'array' }));
}

/**
 * The index narrows by pairs of characters (docs/decisions/server-001-japanese-search.md); the second condition makes
 * sure that they stand in this order.
 */
function containing(word: string, parameters: SqlParameters): string {
  const given = `${parameters.add(word)}::text`;
  const document = `title || E'\\n' || body`;
  const grams = `search_grams(${given}, least(2, length(search_text(${given}))))`;
  return `search_grams(${document}, 1) COLLATE "C" @> ${grams}
    AND position(search_text(${given}) IN search_text(${document})) > 0`;
}

/** Pages of the articles of several parents (authors, tags) at once. */
export interface PageOf {
  parentId: number;
  page: Page<PublishedKey>;
  fields: ReadonlySet<string>;
}

export function articlesByAuthor(context: Context) {
  return pagesOf(context, '"authorId" = parent.id');
}

export function articlesByTag(context: Context) {
  return pagesOf(context, WITH_TAG('parent.id'));
}

/** One statement for all parents that ask for the same page. */
function pagesOf({ database }: Context, belongs: string): DataLoader<PageOf, ArticleModel[], string> {
  const load = async (keys: readonly PageOf[]): Promise<ArticleModel[][]> => {
    const found = new Map<PageOf, ArticleModel[]>();
    const alike = Map.groupBy(keys, ({ page, fields }) => JSON.stringify([page, [...fields]]));
    for (const group of alike.values()) {
      const [{ page, fields }] = group as [PageOf];
      const parameters = new SqlParameters();
      const parents = parameters.add(group.map(({ parentId }) => parentId));
      const rows = publishedPage([belongs], page, fields, parameters);
      const text = `SELECT parent.id, (${rows}) FROM unnest(${parents}::int[]) AS parent (id)`;
      const result = await database.pool.query<[number, ArticleModel[]]>({
        text,
        values: parameters.values,
        rowMode: 'array',
      });
      const byParent = new Map(result.rows);
      for (const key of group) found.set(key, byParent.get(key.parentId) ?? []);
    }
    return keys.map((key) => found.get(key) ?? []);
  };
  return new DataLoader(load, {
    cacheKeyFn: ({ parentId, page, fields }) => JSON.stringify([parentId, page, [...fields]]),
  });
}

/** The drafts of one author, the latest made first. */
export async function findDrafts(
  { database }: Context,
  authorId: number,
  page: Page<DraftKey>,
  fields: ReadonlySet<string>,
): Promise<ArticleModel[]> {
  const parameters = new SqlParameters();
  const conditions = ['"publishedAt" IS NULL', `"authorId" = ${parameters.add(authorId)}::int`];
  if (page.from) conditions.push(`id ${page.backward ? '>' : '<'} ${parameters.add(page.from[0])}::int`);
  const order = `id ${page.backward ? 'ASC' : 'DESC'}`;
  const text = asJson(`SELECT ${select(fields)}
    FROM (SELECT * FROM "Article" WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ${page.size + 1}) a
    JOIN "User" u ON u.id = a."authorId" ORDER BY a.${order}`);
  return first(await database.pool.query<[ArticleModel[]]>({ text, values: parameters.values, rowMode: 'array' }));
}

/** Articles by id, drafts too: whether the viewer may see one is for the caller to decide. */
export function articlesById({ database }: Context) {
  const load = async (keys: readonly { id: number; fields: ReadonlySet<string> }[]) => {
    const fields = new Set(keys.flatMap((key) => [...key.fields]));
    const text = asJson(
      `SELECT ${select(fields)} FROM "Article" a JOIN "User" u ON u.id = a."authorId" WHERE a.id = ANY ($1::int[])`,
    );
    const values = [keys.map(({ id }) => id)];
    const rows = first(await database.pool.query<[ArticleModel[]]>({ text, values, rowMode: 'array' }));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return keys.map(({ id }) => byId.get(id) ?? null);
  };
  // Mutations read the row again after changing it, so nothing is remembered.
  return new DataLoader(load, { cache: false });
}

function first<Value>({ rows }: { rows: [Value][] }): Value {
  const [row] = rows;
  if (!row) throw new Error('an aggregate without a row');
  return row[0];
}
