import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'react-router';
import { paths } from '../shared/paths.ts';
import { useSession } from '../shared/session/session.ts';
import { ButtonLink } from '../shared/ui/button.tsx';
import { Notice } from '../shared/ui/notice.tsx';
import { FailureBoundary } from './failure-boundary.tsx';
import { Header } from './header.tsx';
import css from './layout.module.css';
import { useScrollPosition } from './use-scroll-position.ts';

/** What surrounds every route: the way past the header, the header itself, news about the session, the footer. */
export function Layout({ children }: { children: ReactNode }) {
  const session = useSession();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);

  useScrollPosition();

  // A new page begins at its beginning for the keyboard and for a screen reader too.
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <div className={css.frame}>
      <a className={css.skip} href="#main">
        本文へ移動
      </a>
      <Header />
      <div className={css.body}>
        <main id="main" ref={main} tabIndex={-1} className={css.main}>
          {session.status === 'signed-out' && session.lost && (
            <div className={css.news}>
              <Notice actions={<ButtonLink to={paths.signIn(pathname)}>ログインし直す</ButtonLink>}>
                ログインの有効期限が切れたか、ほかのタブでログアウトしました。このまま読み続けられます。
              </Notice>
            </div>
          )}
          <FailureBoundary key={pathname}>{children}</FailureBoundary>
        </main>
        <footer className={css.footer}>
          <p>
            <Link to={paths.home}>雲とインク</Link>
          </p>
          <p>書いた人の考えは、書いた人のものです。</p>
        </footer>
      </div>
    </div>
  );
}
