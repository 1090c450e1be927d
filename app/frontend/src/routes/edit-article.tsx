import { useNavigate, useParams } from 'react-router';
import { EditArticle } from '../features/article/edit-article.tsx';
import { paths } from '../shared/paths.ts';
import { SignedInOnly } from '../shared/session/signed-in-only.tsx';
import { Page } from '../shared/ui/page.tsx';

/** Editing one's own article. */
export function Component() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  return (
    <SignedInOnly title="記事を編集する">
      <Page title="記事を編集する">
        <EditArticle key={id} id={id} onDone={() => void navigate(paths.article(id))} />
      </Page>
    </SignedInOnly>
  );
}
