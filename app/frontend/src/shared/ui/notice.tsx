import type { ReactNode } from 'react';
import css from './notice.module.css';

/** A boxed message. A problem is announced at once (`role=alert`), other news when there is a pause. */
export function Notice({
  problem = false,
  children,
  actions,
}: {
  problem?: boolean;
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={problem ? `${css.notice} ${css.problem}` : css.notice} role={problem ? 'alert' : 'status'}>
      <p>{children}</p>
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  );
}
