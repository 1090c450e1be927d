import { useRef } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { paths } from '../shared/paths.ts';
import { useSession } from '../shared/session/session.ts';
import css from './header.module.css';

/** The blog's name and where one can go from anywhere; a vertical spine on a wide screen, a line on a phone. */
export function Header() {
  const session = useSession();
  const { pathname, search } = useLocation();
  const here = pathname.startsWith('/sign-') ? (new URLSearchParams(search).get('next') ?? undefined) : pathname;
  return (
    <header className={css.header}>
      <Link to={paths.home} className={css.name} aria-label="雲とインク（記事の一覧へ）">
        雲とインク
        <img className={css.seal} src="/favicon.svg" alt="" width="20" height="20" />
      </Link>
      <nav className={css.nav} aria-label="メニュー">
        <NavLink to={paths.search()} className={css.link ?? ''}>
          検索
        </NavLink>
        <NavLink to={paths.tags} className={css.link ?? ''}>
          タグ
        </NavLink>
        {session.status === 'signed-in' && (
          <>
            <NavLink to={paths.write} className={css.link ?? ''}>
              書く
            </NavLink>
            <AccountMenu email={session.email} />
          </>
        )}
        {session.status === 'signed-out' && (
          <Link to={paths.signIn(here)} className={css.link}>
            ログイン
          </Link>
        )}
      </nav>
    </header>
  );
}

function AccountMenu({ email }: { email: string }) {
  const menu = useRef<HTMLDivElement>(null);
  const close = () => menu.current?.hidePopover();
  return (
    <>
      <button type="button" className={css.link} popoverTarget="account">
        自分
      </button>
      <div id="account" ref={menu} popover="auto" className={css.menu}>
        <p className={css.email}>{email}</p>
        <NavLink to={paths.drafts} className={css.item ?? ''} onClick={close}>
          下書き
        </NavLink>
        <NavLink to={paths.profile} className={css.item ?? ''} onClick={close}>
          プロフィール
        </NavLink>
        <Link to={paths.signOut} className={css.item} onClick={close}>
          ログアウト
        </Link>
      </div>
    </>
  );
}
