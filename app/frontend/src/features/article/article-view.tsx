import { useQuery } from '@apollo/client/react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Markdown } from '../../shared/markdown/markdown.tsx';
import { paths } from '../../shared/paths.ts';
import { ButtonLink } from '../../shared/ui/button.tsx';
import { DateText } from '../../shared/ui/date.tsx';
import { Empty } from '../../shared/ui/empty.tsx';
import { LoadFailure } from '../../shared/ui/load-failure.tsx';
import { Page } from '../../shared/ui/page.tsx';
import { usePageTitle } from '../../shared/ui/page-title.ts';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import { ArticleActions } from './article-actions.tsx';
import css from './article-view.module.css';
import { ArticlePageDocument, type ArticlePageQuery } from './generated/article-page.ts';
import { TagLinks } from './tag-links.tsx';

/** One article in full; `children` (what readers say) follow it when it is published. */
export function ArticleView({ id, onDeleted, children }: { id: string; onDeleted: () => void; children: ReactNode }) {
  const { data, error, refetch } = useQuery(ArticlePageDocument, { variables: { id } });
  if (data?.article) {
    return (
      <Article article={data.article} onDeleted={onDeleted}>
        {children}
      </Article>
    );
  }
  if (data) return <ArticleMissing />;
  return error ? <LoadFailure error={error} onRetry={() => void refetch().catch(() => {})} /> : <Skeleton blocks={3} />;
}

type Loaded = NonNullable<ArticlePageQuery['article']>;

function Article({ article, onDeleted, children }: { article: Loaded; onDeleted: () => void; children: ReactNode }) {
  usePageTitle(article.title);
  const { publishedAt, updatedAt } = article;
  const revised = publishedAt !== null && Date.parse(updatedAt) - Date.parse(publishedAt) > 24 * 60 * 60 * 1000;
  return (
    <>
      <article className={css.article}>
        <header className={css.head}>
          <h1>{article.title}</h1>
          <p className={css.meta}>
            <Link to={paths.author(article.author.id)}>{article.author.name}</Link>
            {publishedAt ? <DateText at={publishedAt} /> : <strong className={css.draft}>下書き</strong>}
            {revised && (
              <span>
                （<DateText at={updatedAt} /> 更新）
              </span>
            )}
          </p>
          <TagLinks tags={article.tags} />
          {article.viewerCanEdit && <ArticleActions article={article} onDeleted={onDeleted} />}
        </header>
        <Markdown source={article.body} />
      </article>
      {publishedAt && children}
    </>
  );
}

function ArticleMissing() {
  return (
    <Page title="記事が見つかりません">
      <Empty title="この記事はここにありません" action={<ButtonLink to={paths.home}>新しい記事を見る</ButtonLink>}>
        削除されたか、まだ公開されていません。アドレスが正しいかどうかも確かめてください。
      </Empty>
    </Page>
  );
}
