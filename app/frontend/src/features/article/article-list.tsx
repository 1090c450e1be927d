import { useQuery } from '@apollo/client/react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useLoadMore } from '../../shared/api/use-load-more.ts';
import { LoadFailure } from '../../shared/ui/load-failure.tsx';
import { LoadMore } from '../../shared/ui/load-more.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import hidden from '../../shared/ui/visually-hidden.module.css';
import { ArticleCard } from './article-card.tsx';
import css from './article-list.module.css';
import { ArticlesDocument } from './generated/articles.ts';

/** Published articles, newest first, twenty at a time; all of them, or those that fit the filter. */
export function ArticleList({
  filter = {},
  empty,
}: {
  filter?: { tag?: string; authorId?: string; search?: string };
  empty: ReactNode;
}) {
  const { data, error, fetchMore, refetch } = useQuery(ArticlesDocument, { variables: filter });
  const list = useRef<HTMLOListElement>(null);
  const read = useRef<number | null>(null);
  const edges = data?.articles.edges ?? [];
  const more = useLoadMore(() => {
    read.current = edges.length;
    return fetchMore({ variables: { after: data?.articles.pageInfo.endCursor } });
  });

  // After 「続きを読み込む」 the focus goes on with the first article that is new.
  useEffect(() => {
    if (read.current === null || edges.length <= read.current) return;
    list.current?.children[read.current]?.querySelector('a')?.focus({ preventScroll: true });
    read.current = null;
  }, [edges.length]);

  if (!data) {
    return error ? <LoadFailure error={error} onRetry={() => void refetch().catch(() => {})} /> : <Skeleton />;
  }
  if (edges.length === 0) return empty;

  return (
    <>
      <ol className={css.list} ref={list}>
        {edges.map(({ node }) => (
          <li key={node.id}>
            <ArticleCard article={node} />
          </li>
        ))}
      </ol>
      <LoadMore hasNextPage={data.articles.pageInfo.hasNextPage} {...more} />
      <output className={hidden.hidden}>
        {more.busy ? '続きを読み込んでいます' : `${edges.length}件の記事を表示しています`}
      </output>
    </>
  );
}
