import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { paths } from '../shared/paths.ts';
import { signOut } from '../shared/session/session.ts';
import { Page } from '../shared/ui/page.tsx';

/** Signs out; a route of its own, so that leaving unsaved text behind is asked about like any other way to leave. */
export function Component() {
  const navigate = useNavigate();
  useEffect(() => {
    void signOut().finally(() => navigate(paths.home, { replace: true }));
  }, [navigate]);
  return <Page title="ログアウト" lead="ログアウトしています…" />;
}
