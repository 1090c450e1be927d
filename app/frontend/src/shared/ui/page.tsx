import type { ReactNode } from 'react';
import css from './page.module.css';
import { usePageTitle } from './page-title.ts';

/** A plain page: its heading (also the tab's title), an introduction, and what it is about. */
export function Page({ title, lead, children }: { title: string; lead?: ReactNode; children?: ReactNode }) {
  usePageTitle(title);
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{title}</h1>
        {lead && <p className={css.lead}>{lead}</p>}
      </header>
      {children}
    </div>
  );
}
