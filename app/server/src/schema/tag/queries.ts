import DataLoader from 'dataloader';
import * as z from 'zod';
import type { Context } from '../../graphql/context.ts';
import type { Page } from '../root/connection.ts';
import { SqlParameters } from '../root/sql.ts';
import type { TagModel } from './model.ts';

/** Position in the list of tags: the number of articles and the name. */
export const tagKey = z.tuple([z.int32(), z.string()]);
export type TagKey = z.infer<typeof tagKey>;

const COUNTED = `SELECT t.id, t.name, count(*)::int AS "articleCount"
  FROM "Tag" t JOIN "ArticleTag" at ON at."tagId" = t.id JOIN "Article" a ON a.id = at."articleId"
  WHERE a."publishedAt" IS NOT NULL`;

/** Tags of published articles, the most used first, then by name. */
export async function findTags({ database }: Context, page: Page<TagKey>): Promise<Required<TagModel>[]> {
  const parameters = new SqlParameters();
  const [descending, ascending, beyond] = page.backward ? ['ASC', 'DESC', '<'] : ['DESC', 'ASC', '>'];
  const key = page.from;
  const where = key
    ? `WHERE (-"articleCount", name COLLATE "C") ${beyond} (-${parameters.add(key[0])}::int, ${parameters.add(key[1])}::text)`
    : '';
  const { rows } = await database.pool.query<Required<TagModel>>(
    `SELECT * FROM (${COUNTED} GROUP BY t.id) counted ${where}
     ORDER BY "articleCount" ${descending}, name COLLATE "C" ${ascending} LIMIT ${page.size + 1}`,
    parameters.values,
  );
  return rows;
}

/** The number of published articles of each tag id. */
export function articleCounts({ database }: Context): DataLoader<number, number> {
  return new DataLoader(async (ids) => {
    const { rows } = await database.pool.query<Required<TagModel>>(
      `${COUNTED} AND t.id = ANY ($1::int[]) GROUP BY t.id`,
      [ids],
    );
    const byId = new Map(rows.map((row) => [row.id, row.articleCount]));
    return ids.map((id) => byId.get(id) ?? 0);
  });
}

/** By name, whatever its case. */
export async function findTag({ database }: Context, name: string): Promise<TagModel | null> {
  const { rows } = await database.pool.query<TagModel>('SELECT id, name FROM "Tag" WHERE lower(name) = lower($1)', [
    name,
  ]);
  return rows[0] ?? null;
}
