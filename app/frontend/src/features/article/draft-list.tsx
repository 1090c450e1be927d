import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { useLoadMore } from '../../shared/api/use-load-more.ts';
import { paths } from '../../shared/paths.ts';
import { ButtonLink } from '../../shared/ui/button.tsx';
import { DateText } from '../../shared/ui/date.tsx';
import { Empty } from '../../shared/ui/empty.tsx';
import { LoadFailure } from '../../shared/ui/load-failure.tsx';
import { LoadMore } from '../../shared/ui/load-more.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import css from './draft-list.module.css';
import { DraftsDocument } from './generated/drafts.ts';

/** One's own unpublished articles, each a way to go on writing it. */
export function DraftList() {
  const { data, error, fetchMore, refetch } = useQuery(DraftsDocument);
  const more = useLoadMore(() => fetchMore({ variables: { after: data?.me?.drafts.pageInfo.endCursor } }));
  if (!data?.me) {
    return error || data ? (
      <LoadFailure error={error} onRetry={() => void refetch().catch(() => {})} />
    ) : (
      <Skeleton blocks={2} />
    );
  }
  const { edges, pageInfo } = data.me.drafts;
  if (edges.length === 0) {
    return (
      <Empty title="下書きはありません" action={<ButtonLink to={paths.write}>記事を書く</ButtonLink>}>
        書きかけの記事を「下書きに保存する」と、ここに並びます。
      </Empty>
    );
  }
  return (
    <>
      <ul className={css.drafts}>
        {edges.map(({ node }) => (
          <li key={node.id} className={css.draft}>
            <h2 className={css.title}>
              <Link to={paths.editArticle(node.id)}>{node.title}</Link>
            </h2>
            <p className={css.meta}>
              <span>
                <DateText at={node.updatedAt} withTime /> に保存
              </span>
              <Link to={paths.article(node.id)}>仕上がりを見る</Link>
            </p>
          </li>
        ))}
      </ul>
      <LoadMore hasNextPage={pageInfo.hasNextPage} {...more} />
    </>
  );
}
