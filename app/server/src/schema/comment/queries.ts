import DataLoader from 'dataloader';
import * as z from 'zod';
import type { Context } from '../../graphql/context.ts';
import { type ConnectionArgs, type Page, readPage, toConnection } from '../root/connection.ts';
import { isoTime, SqlParameters } from '../root/sql.ts';
import type { CommentModel } from './model.ts';

/** Position in the comments of an article: createdAt (ISO 8601) and id. */
const commentKey = z.tuple([z.iso.datetime(), z.int32()]);
type CommentKey = z.infer<typeof commentKey>;

const COLUMNS = `c.id, c.body, ${isoTime('c."createdAt"')} AS "createdAt", c."articleId",
  a."authorId" AS "articleAuthorId",
  json_build_object('id', u.id, 'name', u.name, 'createdAt', ${isoTime('u."createdAt"')}) AS author`;
const TABLES = '"Comment" c JOIN "Article" a ON a.id = c."articleId" JOIN "User" u ON u.id = c."authorId"';

/** A page of an article's comments, the oldest first. Several articles' pages are read by one statement. */
export async function findComments(context: Context, articleId: number, args: ConnectionArgs) {
  const page = readPage(args, commentKey);
  const rows = await context.once(commentPages).load({ articleId, page });
  return toConnection(rows, page, ({ createdAt, id }): CommentKey => [createdAt, id]);
}

interface PageOf {
  articleId: number;
  page: Page<CommentKey>;
}

function commentPages({ database }: Context): DataLoader<PageOf, CommentModel[], string> {
  const load = async (keys: readonly PageOf[]): Promise<CommentModel[][]> => {
    const found = new Map<PageOf, CommentModel[]>();
    for (const group of Map.groupBy(keys, ({ page }) => JSON.stringify(page)).values()) {
      const [{ page }] = group as [PageOf];
      const parameters = new SqlParameters();
      const articles = parameters.add(group.map(({ articleId }) => articleId));
      const text = `SELECT parent.id, (${pageOf(page, parameters)}) FROM unnest(${articles}::int[]) AS parent (id)`;
      const { rows } = await database.pool.query<[number, CommentModel[]]>({
        text,
        values: parameters.values,
        rowMode: 'array',
      });
      const byArticle = new Map(rows);
      for (const key of group) found.set(key, byArticle.get(key.articleId) ?? []);
    }
    return keys.map((key) => found.get(key) ?? []);
  };
  // Nothing is remembered: a mutation's payload shows the comments after the change.
  return new DataLoader(load, { cache: false });
}

function pageOf(page: Page<CommentKey>, parameters: SqlParameters): string {
  const order = page.backward ? 'DESC' : 'ASC';
  const by = `ORDER BY c."createdAt" ${order}, c.id ${order}`;
  const conditions = ['c."articleId" = parent.id'];
  if (page.from) {
    const [createdAt, id] = page.from;
    const key = `(${parameters.add(createdAt)}::timestamptz AT TIME ZONE 'UTC', ${parameters.add(id)}::int)`;
    conditions.push(`(c."createdAt", c.id) ${page.backward ? '<' : '>'} ${key}`);
  }
  return `SELECT coalesce(json_agg(row_to_json(page)), '[]') FROM (
    SELECT ${COLUMNS} FROM ${TABLES} WHERE ${conditions.join(' AND ')} ${by} LIMIT ${page.size + 1}) page`;
}

/** One comment with what is needed to decide who may delete it. */
export async function findComment({ database }: Context, id: number): Promise<CommentModel | null> {
  const { rows } = await database.pool.query<CommentModel>(`SELECT ${COLUMNS} FROM ${TABLES} WHERE c.id = $1`, [id]);
  return rows[0] ?? null;
}
