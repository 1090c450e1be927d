import * as z from 'zod';
import type { Resolvers } from '../../generated/schema-types.ts';
import { articlesById } from '../article/queries.ts';
import { parseId } from '../root/id.ts';
import { requestedFields } from '../root/requested-fields.ts';
import { text } from '../root/text.ts';
import { notFound, notYours, validate, withUserErrors } from '../root/user-error.ts';
import { requireViewer } from '../user/require-viewer.ts';
import { findComment } from './queries.ts';

const newComment = z.object({ body: text('コメント', 2_000) });

export const resolvers: Pick<Resolvers, 'Comment' | 'Mutation'> = {
  Comment: {
    article: async (comment, _, context, info) => {
      const fields = requestedFields(info, ['']);
      const article = await context.once(articlesById).load({ id: comment.articleId, fields });
      if (!article) throw new Error(`comment ${comment.id} without its article`);
      return article;
    },
    viewerCanDelete: async (comment, _, context) => {
      const viewer = await context.viewer();
      return viewer !== null && (viewer.id === comment.author.id || viewer.id === comment.articleAuthorId);
    },
  },
  Mutation: {
    addComment: (_, { input }, context) =>
      withUserErrors(async () => {
        const viewer = await requireViewer(context, 'コメントするにはログインしてください。');
        const { body } = validate(newComment, input);
        const articleId = parseId(input.articleId);
        const article = articleId && (await context.once(articlesById).load({ id: articleId, fields: new Set() }));
        if (!article || article.publishedAt === null) {
          throw notFound('コメント先の記事が見つかりません。削除されたか、公開されていません。');
        }
        const { id } = await context.database.prisma.comment.create({
          data: { body, articleId: article.id, authorId: viewer.id },
          select: { id: true },
        });
        return { comment: await findComment(context, id) };
      }),
    deleteComment: (_, args, context, info) =>
      withUserErrors(async () => {
        const viewer = await requireViewer(context, 'コメントを削除するにはログインしてください。');
        const id = parseId(args.id);
        const comment = id && (await findComment(context, id));
        if (!comment) throw notFound('コメントが見つかりません。すでに削除された可能性があります。');
        if (viewer.id !== comment.author.id && viewer.id !== comment.articleAuthorId) {
          throw notYours('自分のコメントか、自分の記事へのコメントだけを削除できます。');
        }
        await context.database.prisma.comment.deleteMany({ where: { id: comment.id } });
        const fields = requestedFields(info, ['article']);
        return {
          deletedCommentId: comment.id,
          article: await context.once(articlesById).load({ id: comment.articleId, fields }),
        };
      }),
  },
};
