import type { ComponentProps } from 'react';
import { Link } from 'react-router';
import css from './button.module.css';

type Tone = 'primary' | 'quiet' | 'danger';

function classFor(tone: Tone): string {
  return tone === 'primary' ? `${css.button}` : `${css.button} ${css[tone]}`;
}

/** A button. While `busy` it keeps its focus, says so and ignores further presses. */
export function Button({
  tone = 'primary',
  busy = false,
  onClick,
  type = 'button',
  ...rest
}: Omit<ComponentProps<'button'>, 'className'> & { tone?: Tone; busy?: boolean }) {
  return (
    <button
      {...rest}
      // oxlint-disable-next-line react/button-has-type -- the type is passed on
      type={type}
      className={classFor(tone)}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}

/** A link that looks like a button. */
export function ButtonLink({
  tone = 'primary',
  ...rest
}: Omit<ComponentProps<typeof Link>, 'className'> & { tone?: Tone }) {
  return <Link {...rest} className={classFor(tone)} />;
}
