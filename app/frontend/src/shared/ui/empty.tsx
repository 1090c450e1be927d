import type { ReactNode } from 'react';
import css from './empty.module.css';

/** Nothing to show: why, and what to do instead. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={css.empty}>
      <p className={css.title}>{title}</p>
      {children && <p className={css.text}>{children}</p>}
      {action}
    </div>
  );
}
