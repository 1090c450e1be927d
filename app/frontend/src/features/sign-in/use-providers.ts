import { useEffect, useState } from 'react';
import { env } from '../../shared/env.ts';

/** The providers that we have a button for, with the name that people know. */
const NAMES = { github: 'GitHub', google: 'Google', apple: 'Apple', azure: 'Microsoft' } as const;

/** Another account that one can sign in with. */
export type Provider = keyof typeof NAMES;

/** The providers that are switched on in the Supabase project's own settings; none until they are known. */
export function useProviders(): ReadonlyArray<{ id: Provider; name: string }> {
  const [enabled, setEnabled] = useState<Record<string, unknown>>({});
  useEffect(() => {
    const stop = new AbortController();
    fetch(`${env.supabaseUrl}/auth/v1/settings`, {
      headers: { apikey: env.supabasePublishableKey },
      signal: stop.signal,
    })
      .then((response) => response.json())
      .then((settings: { external?: Record<string, unknown> }) => setEnabled(settings.external ?? {}))
      // Without the settings there simply are no such buttons; the password form says what is wrong.
      .catch(() => {});
    return () => stop.abort();
  }, []);
  return (Object.keys(NAMES) as Provider[]).filter((id) => enabled[id] === true).map((id) => ({ id, name: NAMES[id] }));
}
