import { useParams } from 'react-router';
import { ArticleList } from '../features/article/article-list.tsx';
import { AuthorPage } from '../features/user/author-page.tsx';
import { Empty } from '../shared/ui/empty.tsx';

/** One author and what they have published. */
export function Component() {
  const { id = '' } = useParams();
  return (
    <AuthorPage key={id} id={id}>
      <ArticleList
        filter={{ authorId: id }}
        empty={<Empty title="公開している記事はまだありません">記事が公開されると、ここに新しい順に並びます。</Empty>}
      />
    </AuthorPage>
  );
}
