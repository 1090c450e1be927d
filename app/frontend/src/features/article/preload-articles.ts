import { apollo } from '../../shared/api/client.ts';
import { ArticlesDocument } from './generated/articles.ts';

/** Begins to load the newest articles; whoever shows them shares this request, and shows what went wrong with it. */
export function preloadArticles(): void {
  void apollo.query({ query: ArticlesDocument, variables: {} }).catch(() => {});
}
