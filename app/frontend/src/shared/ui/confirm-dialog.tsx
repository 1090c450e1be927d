import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { Button } from './button.tsx';
import css from './confirm-dialog.module.css';

/**
 * A question before something that can't be taken back. It is the platform's modal dialog: focus stays inside,
 * Escape means no, and focus returns to where it was.
 */
export function ConfirmDialog({
  title,
  children,
  confirm,
  cancel = 'やめる',
  busy = false,
  onConfirm,
  onCancel,
}: {
  title: string;
  children: ReactNode;
  confirm: string;
  cancel?: string;
  busy?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={css.dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      <div className={css.body}>
        <h2 className={css.title} id={`${id}-title`}>
          {title}
        </h2>
        <div id={`${id}-text`}>{children}</div>
        <div className={css.actions}>
          <Button tone="quiet" onClick={onCancel}>
            {cancel}
          </Button>
          <Button tone="danger" onClick={onConfirm} busy={busy}>
            {confirm}
          </Button>
        </div>
      </div>
    </dialog>
  );
}
