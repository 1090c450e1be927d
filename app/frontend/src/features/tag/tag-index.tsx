import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { useLoadMore } from '../../shared/api/use-load-more.ts';
import { paths } from '../../shared/paths.ts';
import { ButtonLink } from '../../shared/ui/button.tsx';
import { Empty } from '../../shared/ui/empty.tsx';
import { LoadFailure } from '../../shared/ui/load-failure.tsx';
import { LoadMore } from '../../shared/ui/load-more.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import { TagsDocument } from './generated/tags.ts';
import css from './tag-index.module.css';

/** Every tag in use with the number of its articles, the most used first. */
export function TagIndex() {
  const { data, error, fetchMore, refetch } = useQuery(TagsDocument);
  const more = useLoadMore(() => fetchMore({ variables: { after: data?.tags.pageInfo.endCursor } }));
  if (!data) {
    return error ? (
      <LoadFailure error={error} onRetry={() => void refetch().catch(() => {})} />
    ) : (
      <Skeleton blocks={2} />
    );
  }
  const { edges, pageInfo } = data.tags;
  if (edges.length === 0) {
    return (
      <Empty title="まだタグがありません" action={<ButtonLink to={paths.home}>新しい記事を見る</ButtonLink>}>
        記事にタグが付くと、ここに並びます。
      </Empty>
    );
  }
  return (
    <>
      <ul className={css.tags}>
        {edges.map(({ node }) => (
          <li key={node.id}>
            <Link to={paths.tag(node.name)} className={css.tag}>
              <span>{node.name}</span>
              <span className={css.count}>{node.articleCount}件</span>
            </Link>
          </li>
        ))}
      </ul>
      <LoadMore hasNextPage={pageInfo.hasNextPage} {...more} />
    </>
  );
}
