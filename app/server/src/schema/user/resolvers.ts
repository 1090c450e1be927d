import * as z from 'zod';
import type { Resolvers } from '../../generated/schema-types.ts';
import { articlesByAuthor, draftKey, findDrafts, publishedKey } from '../article/queries.ts';
import { articleFields, keyOfPublished } from '../article/resolvers.ts';
import { readPage, toConnection } from '../root/connection.ts';
import { parseId } from '../root/id.ts';
import { text } from '../root/text.ts';
import { validate, withUserErrors } from '../root/user-error.ts';
import { requireViewer } from './require-viewer.ts';

const profile = z.object({ name: text('表示名', 50) });

export const resolvers: Pick<Resolvers, 'Me' | 'Mutation' | 'Query' | 'User'> = {
  Query: {
    me: (_, __, context) => context.viewer(),
    user: (_, args, context) => {
      const id = parseId(args.id);
      if (id === null) return null;
      return context.database.prisma.user.findUnique({
        where: { id },
        select: { id: true, name: true, createdAt: true },
      });
    },
  },
  User: {
    name: (user) => user.name ?? '名無しさん',
    articles: async (user, args, context, info) => {
      const page = readPage(args, publishedKey);
      const fields = articleFields(info);
      const rows = await context.once(articlesByAuthor).load({ parentId: user.id, page, fields });
      return toConnection(rows, page, keyOfPublished);
    },
  },
  Me: {
    user: (me) => me,
    drafts: async (me, args, context, info) => {
      const page = readPage(args, draftKey);
      const rows = await findDrafts(context, me.id, page, articleFields(info));
      return toConnection(rows, page, ({ id }): [number] => [id]);
    },
  },
  Mutation: {
    updateProfile: (_, { input }, context) =>
      withUserErrors(async () => {
        const viewer = await requireViewer(context, 'プロフィールを変更するにはログインしてください。');
        const me = await context.database.prisma.user.update({
          where: { id: viewer.id },
          data: validate(profile, input),
          select: { id: true, name: true, email: true, createdAt: true },
        });
        return { me };
      }),
  },
};
