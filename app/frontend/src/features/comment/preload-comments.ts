import { apollo } from '../../shared/api/client.ts';
import { CommentsDocument } from './generated/comments.ts';

/** Begins to load what readers say about an article; whoever shows it shares this request. */
export function preloadComments(articleId: string): void {
  void apollo.query({ query: CommentsDocument, variables: { articleId } }).catch(() => {});
}
