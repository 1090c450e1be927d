import type { ApolloCache } from '@apollo/client';
import type { CommentItemFragment } from './generated/comment-item.ts';
import { CommentsDocument } from './generated/comments.ts';

const PENDING = 'pending:';

/** An id for a comment that the server hasn't answered about yet. */
export const pendingId = (): string => PENDING + crypto.randomUUID();

/** Whether a comment is still on its way to the server. */
export const isBeingSent = (id: string): boolean => id.startsWith(PENDING);

/** Puts a comment at the end of its article's list, and counts it. */
export function appendComment(cache: ApolloCache, articleId: string, comment: CommentItemFragment): void {
  cache.updateQuery({ query: CommentsDocument, variables: { articleId } }, (shown) => {
    if (!shown?.article) return shown;
    const { article } = shown;
    const edges = [...article.comments.edges, { __typename: 'CommentEdge' as const, cursor: '', node: comment }];
    return {
      ...shown,
      article: { ...article, commentCount: article.commentCount + 1, comments: { ...article.comments, edges } },
    };
  });
}

/** Takes a comment out of its article's list, and out of the count. */
export function removeComment(cache: ApolloCache, articleId: string, id: string): void {
  cache.evict({ id: cache.identify({ __typename: 'Comment', id }) ?? '' });
  cache.modify<{ commentCount: number }>({
    id: cache.identify({ __typename: 'Article', id: articleId }) ?? '',
    fields: { commentCount: (count) => Math.max(0, count - 1) },
  });
}
