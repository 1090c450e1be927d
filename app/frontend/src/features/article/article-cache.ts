import type { ApolloCache } from '@apollo/client';

/** After a change to what is published: every list is loaded anew when it is next shown. */
export function forgetLists(cache: ApolloCache): void {
  for (const fieldName of ['articles', 'tags', 'tag']) cache.evict({ id: 'ROOT_QUERY', fieldName });
  cache.modify({
    id: 'ROOT_QUERY',
    fields: {
      me(me) {
        const id = cache.identify(me);
        if (id) cache.evict({ id, fieldName: 'drafts' });
        return me;
      },
    },
  });
  cache.gc();
}

/** After its deletion: the article itself goes, and so do the lists that held it. */
export function forgetArticle(cache: ApolloCache, id: string): void {
  cache.evict({ id: cache.identify({ __typename: 'Article', id }) ?? '' });
  forgetLists(cache);
}
