import { useParams } from 'react-router';
import { ArticleList } from '../features/article/article-list.tsx';
import { TagCount } from '../features/tag/tag-count.tsx';
import { paths } from '../shared/paths.ts';
import { ButtonLink } from '../shared/ui/button.tsx';
import { Empty } from '../shared/ui/empty.tsx';
import { Page } from '../shared/ui/page.tsx';

/** The articles that carry one tag. */
export function Component() {
  const { name = '' } = useParams();
  return (
    <Page title={`#${name}`} lead={<TagCount name={name} />}>
      <ArticleList
        key={name}
        filter={{ tag: name }}
        empty={
          <Empty
            title={`「${name}」の付いた記事はありません`}
            action={<ButtonLink to={paths.tags}>タグの一覧を見る</ButtonLink>}
          >
            記事が非公開になったか、タグの名前が違うのかもしれません。
          </Empty>
        }
      />
    </Page>
  );
}
