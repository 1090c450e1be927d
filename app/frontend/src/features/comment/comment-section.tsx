import { useQuery } from '@apollo/client/react';
import { useRef } from 'react';
import { useLocation } from 'react-router';
import { useLoadMore } from '../../shared/api/use-load-more.ts';
import { paths } from '../../shared/paths.ts';
import { useSession } from '../../shared/session/session.ts';
import { ButtonLink } from '../../shared/ui/button.tsx';
import { LoadFailure } from '../../shared/ui/load-failure.tsx';
import { LoadMore } from '../../shared/ui/load-more.tsx';
import { CommentForm } from './comment-form.tsx';
import { CommentItem } from './comment-item.tsx';
import css from './comment-section.module.css';
import { CommentsDocument } from './generated/comments.ts';

/** What readers say about an article, oldest first, and the way to say something (`me`: as whom). */
export function CommentSection({ articleId, me }: { articleId: string; me: { id: string; name: string } | null }) {
  const { data, error, fetchMore, refetch } = useQuery(CommentsDocument, { variables: { articleId } });
  const signedOut = useSession().status === 'signed-out';
  const { pathname } = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  const article = data?.article;
  const comments = article?.comments;
  const more = useLoadMore(() => fetchMore({ variables: { after: comments?.pageInfo.endCursor } }));

  return (
    <section className={css.section} aria-labelledby="comments">
      <h2 id="comments" ref={heading} tabIndex={-1} className={css.heading}>
        コメント{article ? ` ${article.commentCount}件` : ''}
      </h2>
      {comments && comments.edges.length > 0 && (
        <ol className={css.list}>
          {comments.edges.map(({ node }) => (
            <li key={node.id}>
              <CommentItem comment={node} articleId={articleId} onDeleted={() => heading.current?.focus()} />
            </li>
          ))}
        </ol>
      )}
      {comments?.edges.length === 0 && <p className={css.none}>まだコメントはありません。</p>}
      {comments ? (
        <LoadMore hasNextPage={comments.pageInfo.hasNextPage} {...more} />
      ) : (
        error && <LoadFailure error={error} onRetry={() => void refetch().catch(() => {})} />
      )}
      {me && comments && <CommentForm articleId={articleId} me={me} />}
      {signedOut && (
        <ButtonLink tone="quiet" to={paths.signIn(pathname)}>
          ログインしてコメントする
        </ButtonLink>
      )}
    </section>
  );
}
