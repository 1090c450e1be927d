import type { Database } from '../../database/client.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { excerptOf } from './excerpt.ts';

interface NewArticle {
  title: string;
  body: string;
  tags: string[];
  publish: boolean;
}

interface ArticleChange {
  title?: string | null | undefined;
  body?: string | null | undefined;
  tags?: string[] | null | undefined;
}

/** @returns the new article's id. */
export function createArticle({ prisma }: Database, authorId: number, article: NewArticle): Promise<number> {
  return prisma.$transaction(async (transaction) => {
    const { title, body } = article;
    const { id } = await transaction.article.create({
      data: { title, body, excerpt: excerptOf(body), authorId, publishedAt: article.publish ? new Date() : null },
      select: { id: true },
    });
    await setTags(transaction, id, article.tags);
    return id;
  });
}

/** Changes what is given, and leaves the rest. */
export async function updateArticle({ prisma }: Database, id: number, change: ArticleChange): Promise<void> {
  const { title, body, tags } = change;
  await prisma.$transaction(async (transaction) => {
    await transaction.article.update({
      where: { id },
      data: { ...(title != null && { title }), ...(body != null && { body, excerpt: excerptOf(body) }) },
      select: { id: true },
    });
    if (tags != null) await setTags(transaction, id, tags);
  });
}

/** Publishing what is published, or the reverse, changes nothing. */
export async function setPublished({ prisma }: Database, id: number, published: boolean): Promise<void> {
  await prisma.article.updateMany({
    where: { id, publishedAt: published ? null : { not: null } },
    data: { publishedAt: published ? new Date() : null },
  });
}

/** Tags and comments go with it. */
export async function deleteArticle({ prisma }: Database, id: number): Promise<void> {
  await prisma.article.deleteMany({ where: { id } });
}

/** Makes these the article's only tags; a tag that differs only in case is the same tag. */
async function setTags(transaction: Prisma.TransactionClient, articleId: number, names: string[]): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO "Tag" (name) SELECT unnest(${names}::text[]) ON CONFLICT DO NOTHING`;
  await transaction.$executeRaw`
    WITH wanted AS (
      SELECT id FROM "Tag" WHERE lower(name) IN (SELECT lower(name) FROM unnest(${names}::text[]) AS given (name))
    ), dropped AS (
      DELETE FROM "ArticleTag" WHERE "articleId" = ${articleId} AND "tagId" NOT IN (SELECT id FROM wanted)
    )
    INSERT INTO "ArticleTag" ("articleId", "tagId") SELECT ${articleId}, id FROM wanted ON CONFLICT DO NOTHING`;
}
