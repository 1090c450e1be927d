import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../shared/ui/button.tsx';
import { Field } from '../../shared/ui/field.tsx';
import { Notice } from '../../shared/ui/notice.tsx';
import { useFocusInvalid } from '../../shared/ui/use-focus-invalid.ts';
import { authErrorText } from './auth-error-text.ts';
import css from './sign-in.module.css';

/** An e-mail address and a password; `submit` gives the error to show, or `null` when all is well. */
export function CredentialsForm({
  label,
  busyLabel,
  newPassword = false,
  submit,
}: {
  label: string;
  busyLabel: string;
  newPassword?: boolean;
  submit: (credentials: {
    email: string;
    password: string;
  }) => Promise<{ code?: string | undefined; status?: number | undefined } | null>;
}) {
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({});
  const [problem, setProblem] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useFocusInvalid(form, missing);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const entered = new FormData(event.currentTarget);
    const value = (name: string) => {
      const text = entered.get(name);
      return typeof text === 'string' ? text : '';
    };
    const email = value('email').trim();
    const password = value('password');
    const blanks = {
      ...(/^\S+@\S+$/.test(email) ? {} : { email: 'メールアドレスを name@example.com の形で入力してください。' }),
      ...(password.length >= (newPassword ? 8 : 1)
        ? {}
        : { password: newPassword ? 'パスワードを8文字以上で入力してください。' : 'パスワードを入力してください。' }),
    };
    setMissing(blanks);
    setProblem(null);
    if (Object.keys(blanks).length > 0) return;
    setBusy(true);
    try {
      const error = await submit({ email, password });
      if (error) setProblem(authErrorText(error));
    } catch {
      setProblem(authErrorText({}));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form ref={form} className={css.form} onSubmit={(event) => void send(event)} noValidate>
      <Field
        label="メールアドレス"
        name="email"
        type="email"
        autoComplete="email"
        inputMode="email"
        error={missing.email}
      />
      <Field
        label="パスワード"
        name="password"
        type="password"
        hint={newPassword ? '8文字以上。ほかのサイトと同じものは避けてください。' : undefined}
        autoComplete={newPassword ? 'new-password' : 'current-password'}
        error={missing.password}
      />
      {problem && <Notice problem>{problem}</Notice>}
      <Button type="submit" busy={busy}>
        {busy ? busyLabel : label}
      </Button>
    </form>
  );
}
