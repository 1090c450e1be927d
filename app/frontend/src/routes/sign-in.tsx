import { Navigate, useSearchParams } from 'react-router';
import { SignInPanel } from '../features/sign-in/sign-in-panel.tsx';
import { safeUrl } from '../shared/markdown/safe-url.ts';
import { useSession } from '../shared/session/session.ts';
import { Notice } from '../shared/ui/notice.tsx';
import { Page } from '../shared/ui/page.tsx';
import { Skeleton } from '../shared/ui/skeleton.tsx';

/** Signing in, and then on to where the reader was going. */
export function Component() {
  const [search] = useSearchParams();
  const session = useSession();
  const next = safeUrl(search.get('next') ?? '/', []) ?? '/';
  if (session.status === 'signed-in') return <Navigate to={next} replace />;
  if (session.status === 'restoring') return <Skeleton blocks={2} />;
  return (
    <Page title="ログイン">
      {search.has('error') && (
        <Notice problem>外部のアカウントでログインできませんでした。もう一度お試しください。</Notice>
      )}
      <SignInPanel next={next} />
    </Page>
  );
}
