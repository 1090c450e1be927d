import { useNavigate, useParams } from 'react-router';
import { ArticleView } from '../features/article/article-view.tsx';
import { CommentSection } from '../features/comment/comment-section.tsx';
import { useMe } from '../features/user/use-me.ts';
import { paths } from '../shared/paths.ts';

/** One article, and what its readers say. */
export function Component() {
  const { id = '' } = useParams();
  const me = useMe();
  const navigate = useNavigate();
  return (
    <ArticleView key={id} id={id} onDeleted={() => void navigate(paths.home, { replace: true })}>
      <CommentSection articleId={id} me={me?.user ?? null} />
    </ArticleView>
  );
}
