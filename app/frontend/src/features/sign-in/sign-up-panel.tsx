import { useState } from 'react';
import { Link } from 'react-router';
import { paths } from '../../shared/paths.ts';
import { signInService } from '../../shared/session/session.ts';
import { Notice } from '../../shared/ui/notice.tsx';
import { CredentialsForm } from './credentials-form.tsx';
import { ProviderButtons } from './provider-buttons.tsx';
import css from './sign-in.module.css';

/** Signing up. Where the project asks for it, the address has to be confirmed by mail first. */
export function SignUpPanel({ next }: { next: string }) {
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  if (mailedTo) {
    return (
      <Notice>
        {mailedTo}{' '}
        に確認メールを送りました。メールのリンクを開くと登録が終わり、ログインできます。届かないときは、迷惑メールのフォルダーも確かめてください。
      </Notice>
    );
  }
  return (
    <div className={css.panel}>
      <CredentialsForm
        label="登録する"
        busyLabel="登録しています…"
        newPassword
        submit={async (credentials) => {
          const { auth } = await signInService();
          const { data, error } = await auth.signUp({
            ...credentials,
            options: { emailRedirectTo: location.origin + paths.signIn(next) },
          });
          if (!error && !data.session) setMailedTo(credentials.email);
          return error;
        }}
      />
      <ProviderButtons next={next} />
      <p className={css.switch}>
        登録済みの方は、<Link to={paths.signIn(next)}>ログインする</Link>
      </p>
    </div>
  );
}
