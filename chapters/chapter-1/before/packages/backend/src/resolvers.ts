import { unauthenticated } from './auth.ts';
import type { Context } from './context.ts';

interface CreateArticle {
  title: string;
  content: string;
  tags?: string[] | null;
  published?: boolean | null;
}

const withRelations = { author: true, tags: true, comments: { include: { author: true } } } as const;

const iso = ({ createdAt }: { createdAt: Date }) => createdAt.toISOString();

export const resolvers = {
  Query: {
    articles: (_: unknown, __: unknown, { prisma }: Context) =>
      prisma.article.findMany({ where: { published: true }, orderBy: { id: 'desc' }, include: withRelations }),
    article: (_: unknown, { id }: { id: number }, { prisma }: Context) =>
      prisma.article.findFirst({ where: { id, published: true }, include: withRelations }),
    me: (_: unknown, __: unknown, { user }: Context) => user,
  },
  Mutation: {
    createArticle: (_: unknown, { title, content, tags, published }: CreateArticle, { prisma, user }: Context) => {
      if (!user) throw unauthenticated();
      return prisma.article.create({
        data: {
          title,
          content,
          published: published ?? true,
          authorId: user.id,
          tags: { connectOrCreate: (tags ?? []).map((name) => ({ where: { name }, create: { name } })) },
        },
        include: withRelations,
      });
    },
    addComment: (_: unknown, { articleId, content }: { articleId: number; content: string }, context: Context) => {
      if (!context.user) throw unauthenticated();
      return context.prisma.comment.create({
        data: { articleId, content, authorId: context.user.id },
        include: { author: true },
      });
    },
  },
  Article: { createdAt: iso },
  Comment: { createdAt: iso },
};
