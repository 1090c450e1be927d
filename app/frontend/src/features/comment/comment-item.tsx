import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { Link } from 'react-router';
import { errorText } from '../../shared/api/error-text.ts';
import { paths } from '../../shared/paths.ts';
import { ConfirmDialog } from '../../shared/ui/confirm-dialog.tsx';
import { DateText } from '../../shared/ui/date.tsx';
import { Notice } from '../../shared/ui/notice.tsx';
import { isBeingSent, removeComment } from './comment-cache.ts';
import css from './comment-item.module.css';
import type { CommentItemFragment } from './generated/comment-item.ts';
import { DeleteCommentDocument } from './generated/delete-comment.ts';

/** One comment. Who may delete it sees it go at once; it comes back if the server refuses. */
export function CommentItem({
  comment,
  articleId,
  onDeleted,
}: {
  comment: CommentItemFragment;
  articleId: string;
  onDeleted: () => void;
}) {
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [remove] = useMutation(DeleteCommentDocument, {
    variables: { id: comment.id },
    optimisticResponse: {
      __typename: 'Mutation',
      deleteComment: { __typename: 'DeleteCommentPayload', deletedCommentId: comment.id, errors: [] },
    },
    update: (cache, { data }) => {
      if (data?.deleteComment.deletedCommentId) removeComment(cache, articleId, comment.id);
    },
  });

  async function confirmed() {
    // The dialog gives the focus back to its button as it closes; only then can it go elsewhere.
    flushSync(() => setAsking(false));
    setProblem(null);
    try {
      const gone = remove();
      onDeleted();
      const { data } = await gone;
      const [refusal] = data?.deleteComment.errors ?? [];
      if (refusal) setProblem(refusal.message);
    } catch (error) {
      setProblem(errorText(error));
    }
  }

  const sending = isBeingSent(comment.id);
  return (
    <article className={css.comment} aria-busy={sending}>
      <p className={css.meta}>
        <Link to={paths.author(comment.author.id)} className={css.author}>
          {comment.author.name}
        </Link>
        {sending ? <span>送信しています…</span> : <DateText at={comment.createdAt} withTime />}
        {comment.viewerCanDelete && (
          <button type="button" className={css.delete} onClick={() => setAsking(true)}>
            削除
          </button>
        )}
      </p>
      <p className={css.body}>{comment.body}</p>
      {problem && <Notice problem>{problem}</Notice>}
      {asking && (
        <ConfirmDialog
          title="コメントを削除しますか？"
          confirm="削除する"
          onCancel={() => setAsking(false)}
          onConfirm={() => void confirmed()}
        >
          {comment.author.name}さんのコメントを削除します。元には戻せません。
        </ConfirmDialog>
      )}
    </article>
  );
}
