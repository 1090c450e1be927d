import type { GraphQLResolveInfo } from 'graphql';
import type { QueryArticlesArgs, Resolvers } from '../../generated/schema-types.ts';
import type { Context } from '../../graphql/context.ts';
import { findComments } from '../comment/queries.ts';
import { badInput, readPage, toConnection } from '../root/connection.ts';
import { parseId } from '../root/id.ts';
import { requestedFields } from '../root/requested-fields.ts';
import { notFound, notYours, validate, withUserErrors } from '../root/user-error.ts';
import { requireViewer } from '../user/require-viewer.ts';
import { createArticle, deleteArticle, setPublished, updateArticle } from './commands.ts';
import { articleChange, newArticle, searchWords } from './input.ts';
import type { ArticleModel } from './model.ts';
import { type ArticleFilter, articlesById, findArticles, publishedKey } from './queries.ts';

export const resolvers: Pick<Resolvers, 'Article' | 'Query' | 'Mutation'> = {
  Query: {
    articles: async (_, args, context, info) => {
      const page = readPage(args, publishedKey);
      const filter = readFilter(args);
      const rows = filter ? await findArticles(context, filter, page, articleFields(info)) : [];
      return toConnection(rows, page, keyOfPublished);
    },
    article: async (_, args, context, info) => {
      const article = await findArticle(context, args.id, requestedFields(info, ['']));
      if (article?.publishedAt == null && article?.author.id !== (await context.viewer())?.id) return null;
      return article;
    },
  },
  Article: {
    comments: (article, args, context) => findComments(context, article.id, args),
    viewerCanEdit: async (article, _, context) => (await context.viewer())?.id === article.author.id,
  },
  Mutation: {
    createArticle: (_, { input }, context, info) =>
      withUserErrors(async () => {
        const viewer = await requireViewer(context, '記事を書くにはログインしてください。');
        const id = await createArticle(context.database, viewer.id, validate(newArticle, input));
        return { article: await written(context, id, info) };
      }),
    updateArticle: (_, { input }, context, info) =>
      withUserErrors(async () => {
        const { id } = await requireOwn(context, input.id);
        await updateArticle(context.database, id, validate(articleChange, input));
        return { article: await written(context, id, info) };
      }),
    publishArticle: (_, args, context, info) =>
      withUserErrors(async () => {
        const { id } = await requireOwn(context, args.id);
        await setPublished(context.database, id, true);
        return { article: await written(context, id, info) };
      }),
    unpublishArticle: (_, args, context, info) =>
      withUserErrors(async () => {
        const { id } = await requireOwn(context, args.id);
        await setPublished(context.database, id, false);
        return { article: await written(context, id, info) };
      }),
    deleteArticle: (_, args, context) =>
      withUserErrors(async () => {
        const { id } = await requireOwn(context, args.id);
        await deleteArticle(context.database, id);
        return { deletedArticleId: id };
      }),
  },
};

/** The fields of the articles that a connection's selection asks for. */
export function articleFields(info: GraphQLResolveInfo): ReadonlySet<string> {
  return requestedFields(info, ['nodes', 'edges.node']);
}

export function keyOfPublished({ publishedAt, id }: ArticleModel): [string, number] {
  return [publishedAt as string, id];
}

/** Null when nothing can match. */
function readFilter(args: Partial<QueryArticlesArgs>) {
  const filter: ArticleFilter = {};
  if (args.tag != null) filter.tag = args.tag.normalize('NFKC').replaceAll('\u0000', '').trim();
  if (args.authorId != null) {
    filter.authorId = parseId(args.authorId);
    if (filter.authorId === null) return null;
  }
  if (args.search != null) {
    const words = searchWords(args.search);
    if (words === null) throw badInput('検索する言葉は 100 文字までにしてください。');
    filter.search = words;
  }
  return filter;
}

async function findArticle(context: Context, id: string | number, fields: ReadonlySet<string>) {
  const number = parseId(id);
  return number === null ? null : context.once(articlesById).load({ id: number, fields });
}

async function written(context: Context, id: number, info: GraphQLResolveInfo): Promise<ArticleModel> {
  const article = await findArticle(context, id, requestedFields(info, ['article']));
  if (!article) throw notFound('記事が見つかりません。ほかの画面で削除された可能性があります。');
  return article;
}

/** @throws ExpectedFailure when the viewer is not signed in, or the article is not there, or not the viewer's. */
async function requireOwn(context: Context, id: string | number): Promise<ArticleModel> {
  const viewer = await requireViewer(context, '記事を変更するにはログインしてください。');
  const article = await findArticle(context, id, new Set());
  // Another's draft is as hidden here as it is to readers.
  const hidden = article?.publishedAt == null && article?.author.id !== viewer.id;
  if (!article || hidden) throw notFound('記事が見つかりません。削除されたか、公開されていません。');
  if (article.author.id !== viewer.id) throw notYours('自分の記事ではないので、変更できません。');
  return article;
}
