import { type ComponentProps, type ReactNode, useId } from 'react';
import css from './field.module.css';

interface Parts {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

/** A labelled one-line input, whose hint and error are read out with it. */
export function Field({ label, hint, error, ...input }: Parts & Omit<ComponentProps<'input'>, 'className'>) {
  return (
    <Frame label={label} hint={hint} error={error}>
      {(wiring) => <input {...input} {...wiring} />}
    </Frame>
  );
}

/** A labelled text area, whose hint and error are read out with it. */
export function TextArea({ label, hint, error, ...area }: Parts & Omit<ComponentProps<'textarea'>, 'className'>) {
  return (
    <Frame label={label} hint={hint} error={error}>
      {(wiring) => <textarea {...area} {...wiring} />}
    </Frame>
  );
}

interface Wiring {
  id: string;
  className: string | undefined;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

function Frame({ label, hint, error, children }: Parts & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>
        {label}
      </label>
      {hint && (
        <p className={css.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({
        id,
        className: css.control,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {error && (
        <p className={css.error} id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
