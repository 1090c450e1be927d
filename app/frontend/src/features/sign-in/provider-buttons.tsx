import { useState } from 'react';
import { paths } from '../../shared/paths.ts';
import { signInService } from '../../shared/session/session.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/notice.tsx';
import { authErrorText } from './auth-error-text.ts';
import css from './sign-in.module.css';
import { type Provider, useProviders } from './use-providers.ts';

/** Signing in with an account held elsewhere; nothing where no provider is configured. */
export function ProviderButtons({ next }: { next: string }) {
  const providers = useProviders();
  const [problem, setProblem] = useState<string | null>(null);
  if (providers.length === 0) return null;

  async function leave(provider: Provider) {
    setProblem(null);
    try {
      const { auth } = await signInService();
      const redirectTo = location.origin + paths.signIn(next);
      const { error } = await auth.signInWithOAuth({ provider, options: { redirectTo } });
      if (error) setProblem(authErrorText(error));
    } catch {
      setProblem(authErrorText({}));
    }
  }

  return (
    <div className={css.providers}>
      {providers.map(({ id, name }) => (
        <Button key={id} tone="quiet" onClick={() => void leave(id)}>
          {name} で続ける
        </Button>
      ))}
      {problem && <Notice problem>{problem}</Notice>}
    </div>
  );
}
