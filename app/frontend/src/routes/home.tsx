import { ArticleList } from '../features/article/article-list.tsx';
import { paths } from '../shared/paths.ts';
import { ButtonLink } from '../shared/ui/button.tsx';
import { Empty } from '../shared/ui/empty.tsx';
import { usePageTitle } from '../shared/ui/page-title.ts';
import css from './home.module.css';

/** The newest articles. */
export function Home() {
  usePageTitle();
  return (
    <>
      <header className={css.head}>
        <h1>新しい記事</h1>
        <p className={css.lead}>雲の上で、書いて、読む。</p>
      </header>
      <ArticleList
        empty={
          <Empty title="まだ記事がありません" action={<ButtonLink to={paths.write}>最初の記事を書く</ButtonLink>}>
            ここに、新しい記事から順に並びます。
          </Empty>
        }
      />
    </>
  );
}
