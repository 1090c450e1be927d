import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { errorText } from '../../shared/api/error-text.ts';
import { paths } from '../../shared/paths.ts';
import { Button, ButtonLink } from '../../shared/ui/button.tsx';
import { ConfirmDialog } from '../../shared/ui/confirm-dialog.tsx';
import { Notice } from '../../shared/ui/notice.tsx';
import css from './article-actions.module.css';
import { forgetArticle, forgetLists } from './article-cache.ts';
import { DeleteArticleDocument } from './generated/delete-article.ts';
import { PublishArticleDocument } from './generated/publish-article.ts';
import { UnpublishArticleDocument } from './generated/unpublish-article.ts';

/** What its author can do with an article: edit, publish or take back, delete. */
export function ArticleActions({
  article,
  onDeleted,
}: {
  article: { id: string; title: string; publishedAt: string | null };
  onDeleted: () => void;
}) {
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [news, setNews] = useState<string | null>(null);
  const [publish, publishing] = useMutation(PublishArticleDocument, { update: forgetLists });
  const [unpublish, unpublishing] = useMutation(UnpublishArticleDocument, { update: forgetLists });
  const [remove, removing] = useMutation(DeleteArticleDocument);
  const published = article.publishedAt !== null;

  /** Runs a change and shows what the server says about it; gives whether it was made. */
  async function run(change: () => Promise<{ message: string }[] | undefined>, done: string) {
    setProblem(null);
    setNews(null);
    try {
      const [refusal] = (await change()) ?? [];
      if (refusal) setProblem(refusal.message);
      else setNews(done);
      return !refusal;
    } catch (error) {
      setProblem(errorText(error));
      return false;
    }
  }

  const variables = { id: article.id };
  return (
    <>
      <div className={css.actions}>
        <ButtonLink tone="quiet" to={paths.editArticle(article.id)}>
          編集する
        </ButtonLink>
        {published ? (
          <Button
            tone="quiet"
            busy={unpublishing.loading}
            onClick={() =>
              void run(
                async () => (await unpublish({ variables })).data?.unpublishArticle.errors,
                '下書きに戻しました。',
              )
            }
          >
            下書きに戻す
          </Button>
        ) : (
          <Button
            busy={publishing.loading}
            onClick={() =>
              void run(async () => (await publish({ variables })).data?.publishArticle.errors, '公開しました。')
            }
          >
            公開する
          </Button>
        )}
        <Button tone="danger" onClick={() => setAsking(true)}>
          削除する
        </Button>
      </div>
      {problem && <Notice problem>{problem}</Notice>}
      {news && <Notice>{news}</Notice>}
      {asking && (
        <ConfirmDialog
          title="記事を削除しますか？"
          confirm="削除する"
          busy={removing.loading}
          onCancel={() => setAsking(false)}
          onConfirm={() =>
            void run(async () => (await remove({ variables })).data?.deleteArticle.errors, '削除しました。').then(
              (gone) => {
                setAsking(false);
                if (!gone) return;
                onDeleted();
                forgetArticle(removing.client.cache, article.id);
              },
            )
          }
        >
          「{article.title}」と、付いているコメントを削除します。元には戻せません。
        </ConfirmDialog>
      )}
    </>
  );
}
