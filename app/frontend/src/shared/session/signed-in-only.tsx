import { type ReactNode, useState } from 'react';
import { useLocation } from 'react-router';
import { paths } from '../paths.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useSession } from './session.ts';

/**
 * What only a signed-in user may see; others are asked to sign in and come back. What is already shown stays when
 * the session runs out, so that a text being written isn't lost.
 */
export function SignedInOnly({ title, children }: { title: string; children: ReactNode }) {
  const session = useSession();
  const { pathname } = useLocation();
  const [entered, setEntered] = useState(false);
  const ranOut = session.status === 'signed-out' && session.lost;
  if (session.status === 'signed-in' && !entered) setEntered(true);
  if (session.status === 'signed-in' || (entered && ranOut)) return children;
  if (session.status === 'restoring') return <Skeleton blocks={2} />;
  return (
    <Page title={title}>
      <Empty title="ログインが必要です" action={<ButtonLink to={paths.signIn(pathname)}>ログインする</ButtonLink>}>
        ログインすると、このページに戻ってきます。はじめての方は、続く画面から登録できます。
      </Empty>
    </Page>
  );
}
