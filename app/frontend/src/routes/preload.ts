import { matchPath } from 'react-router';
import { preloadArticle } from '../features/article/preload-article.ts';
import { preloadArticles } from '../features/article/preload-articles.ts';
import { preloadComments } from '../features/comment/preload-comments.ts';

/** Asks for what an address shows, before and beside the code that shows it instead of after it. */
export function preload(pathname: string): void {
  if (pathname === '/') preloadArticles();
  const id = matchPath('/articles/:id', pathname)?.params.id;
  if (!id) return;
  preloadArticle(id);
  preloadComments(id);
  // Whoever renders it waits for the same download, and shows what went wrong with it.
  import('./article.tsx').catch(() => {});
}
