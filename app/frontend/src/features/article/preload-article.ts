import { apollo } from '../../shared/api/client.ts';
import { ArticlePageDocument } from './generated/article-page.ts';

/** Begins to load an article; whoever shows it shares this request, and shows what went wrong with it. */
export function preloadArticle(id: string): void {
  void apollo.query({ query: ArticlePageDocument, variables: { id } }).catch(() => {});
}
