import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { paths } from '../../shared/paths.ts';
import { ButtonLink } from '../../shared/ui/button.tsx';
import { Empty } from '../../shared/ui/empty.tsx';
import { LoadFailure } from '../../shared/ui/load-failure.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import { forgetLists } from './article-cache.ts';
import { ArticleForm, type ArticleText } from './article-form.tsx';
import { ArticlePageDocument, type ArticlePageQuery } from './generated/article-page.ts';
import { PublishArticleDocument } from './generated/publish-article.ts';
import { UpdateArticleDocument } from './generated/update-article.ts';

type Loaded = NonNullable<ArticlePageQuery['article']>;

/** Changes one's own article; a draft can be published on the way. */
export function EditArticle({ id, onDone }: { id: string; onDone: () => void }) {
  const { data, error, refetch } = useQuery(ArticlePageDocument, { variables: { id }, fetchPolicy: 'network-only' });
  const [opened, setOpened] = useState<Loaded | null>(null);
  // What is being edited stays what it was when it was opened, whatever happens to the query later.
  if (!opened && data?.article) setOpened(data.article);

  if (opened?.viewerCanEdit) return <Form article={opened} onDone={onDone} />;
  if (data) {
    return (
      <Empty title="この記事は編集できません" action={<ButtonLink to={paths.home}>新しい記事を見る</ButtonLink>}>
        削除されたか、ほかの人の記事です。自分の記事なら、書いたときのアカウントでログインしてください。
      </Empty>
    );
  }
  return error ? <LoadFailure error={error} onRetry={() => void refetch().catch(() => {})} /> : <Skeleton blocks={2} />;
}

function Form({ article, onDone }: { article: Loaded; onDone: () => void }) {
  const [update] = useMutation(UpdateArticleDocument, { update: forgetLists });
  const [publish] = useMutation(PublishArticleDocument, { update: forgetLists });
  const save = async (text: ArticleText) => {
    const { data } = await update({ variables: { input: { id: article.id, ...text } } });
    return data?.updateArticle.errors ?? [];
  };
  const saveAndPublish = async (text: ArticleText) => {
    const problems = await save(text);
    if (problems.length > 0) return problems;
    const { data } = await publish({ variables: { id: article.id } });
    return data?.publishArticle.errors ?? [];
  };
  return (
    <ArticleForm
      initial={{ title: article.title, body: article.body, tags: article.tags.map(({ name }) => name) }}
      finish={
        article.publishedAt
          ? [{ label: '変更を保存する', run: save, done: onDone }]
          : [
              { label: '公開する', run: saveAndPublish, done: onDone },
              { label: '下書きを保存する', run: save, done: onDone },
            ]
      }
    />
  );
}
