import { Navigate, useSearchParams } from 'react-router';
import { SignUpPanel } from '../features/sign-in/sign-up-panel.tsx';
import { safeUrl } from '../shared/markdown/safe-url.ts';
import { useSession } from '../shared/session/session.ts';
import { Page } from '../shared/ui/page.tsx';

/** Signing up, and then on to where the reader was going. */
export function Component() {
  const [search] = useSearchParams();
  const session = useSession();
  const next = safeUrl(search.get('next') ?? '/', []) ?? '/';
  if (session.status === 'signed-in') return <Navigate to={next} replace />;
  return (
    <Page title="アカウントの登録" lead="登録すると、記事を書いたり、コメントしたりできます。">
      <SignUpPanel next={next} />
    </Page>
  );
}
