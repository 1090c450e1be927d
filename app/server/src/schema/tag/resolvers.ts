import type { Resolvers } from '../../generated/schema-types.ts';
import { articlesByTag, publishedKey } from '../article/queries.ts';
import { articleFields, keyOfPublished } from '../article/resolvers.ts';
import { readPage, toConnection } from '../root/connection.ts';
import { articleCounts, findTag, findTags, type TagKey, tagKey } from './queries.ts';

export const resolvers: Pick<Resolvers, 'Query' | 'Tag'> = {
  Query: {
    tags: async (_, args, context) => {
      const page = readPage(args, tagKey);
      return toConnection(
        await findTags(context, page),
        page,
        ({ articleCount, name }): TagKey => [articleCount ?? 0, name],
      );
    },
    tag: (_, args, context) => findTag(context, args.name.normalize('NFKC').replaceAll('\u0000', '').trim()),
  },
  Tag: {
    articleCount: (tag, _, context) => tag.articleCount ?? context.once(articleCounts).load(tag.id),
    articles: async (tag, args, context, info) => {
      const page = readPage(args, publishedKey);
      const fields = articleFields(info);
      const rows = await context.once(articlesByTag).load({ parentId: tag.id, page, fields });
      return toConnection(rows, page, keyOfPublished);
    },
  },
};
