import { Link } from 'react-router';
import { paths } from '../../shared/paths.ts';
import { signInService } from '../../shared/session/session.ts';
import { CredentialsForm } from './credentials-form.tsx';
import { ProviderButtons } from './provider-buttons.tsx';
import css from './sign-in.module.css';

/** Signing in with a password or a provider; the session's change is the result. */
export function SignInPanel({ next }: { next: string }) {
  return (
    <div className={css.panel}>
      <CredentialsForm
        label="ログインする"
        busyLabel="ログインしています…"
        submit={async (credentials) => {
          const { auth } = await signInService();
          return (await auth.signInWithPassword(credentials)).error;
        }}
      />
      <ProviderButtons next={next} />
      <p className={css.switch}>
        はじめての方は、<Link to={paths.signUp(next)}>アカウントを登録する</Link>
      </p>
    </div>
  );
}
