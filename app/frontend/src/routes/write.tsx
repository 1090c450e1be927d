import { Link, useNavigate } from 'react-router';
import { NewArticle } from '../features/article/new-article.tsx';
import { useMe } from '../features/user/use-me.ts';
import { paths } from '../shared/paths.ts';
import { SignedInOnly } from '../shared/session/signed-in-only.tsx';
import { Page } from '../shared/ui/page.tsx';

/** A new article. */
export function Component() {
  const navigate = useNavigate();
  const me = useMe();
  return (
    <SignedInOnly title="記事を書く">
      <Page
        title="記事を書く"
        lead={
          me && me.name === null ? (
            <>
              表示名がまだないので、「{me.user.name}」の記事になります。
              <Link to={paths.profile}>プロフィールで表示名を決める</Link>
            </>
          ) : undefined
        }
      >
        <NewArticle onDone={(id) => void navigate(paths.article(id))} />
      </Page>
    </SignedInOnly>
  );
}
