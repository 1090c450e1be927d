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
    <header className="masthead">
      <Link to={paths.home} className="masthead-name" aria-label="雲とインク（記事の一覧へ）">
        雲とインク
        <Seal />
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

/** The blog's seal, as in `public/favicon.svg`. */
function Seal() {
  return (
    <svg className="masthead-seal" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#b23a24" />
      <path d="M10.2 15.4a4.3 4.3 0 0 1-.1-8.6 6 6 0 0 1 11.3.9 3.9 3.9 0 0 1 .7 7.7Z" fill="#fff" />
      <path d="M16 17.8c2.2 2.7 3.3 4.6 3.3 6.1a3.3 3.3 0 0 1-6.6 0c0-1.5 1.1-3.4 3.3-6.1Z" fill="#fff" />
    </svg>
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
