import type { AuthError, SupabaseClient, Session as SupabaseSession } from '@supabase/supabase-js';
import { useSyncExternalStore } from 'react';
import { SESSION_KEY } from './session-key.ts';

/** Who is reading: not yet known, nobody (`lost`: a session ended that this tab didn't end), or a user. */
export type Session =
  | { status: 'restoring' }
  | { status: 'signed-out'; lost: boolean }
  | { status: 'signed-in'; userId: string; email: string };

/** The longest that anything waits for the sign-in service before it goes on without it, in milliseconds. */
const SERVICE_DEADLINE = 4_000;
const deadline = () => new Promise<null>((resolve) => setTimeout(resolve, SERVICE_DEADLINE, null));

let had = localStorage.getItem(SESSION_KEY) !== null;
let current: Session = had || returnsFromProvider() ? { status: 'restoring' } : { status: 'signed-out', lost: false };
let client: Promise<SupabaseClient> | undefined;
const listeners = new Set<() => void>();

/** PKCE's way back from another site's sign-in: supabase-js exchanges the code for a session. */
function returnsFromProvider(): boolean {
  return new URLSearchParams(location.search).has('code');
}

function change(next: Session) {
  if (JSON.stringify(next) === JSON.stringify(current)) return;
  current = next;
  for (const listener of listeners) listener();
}

function adopt(session: SupabaseSession | null) {
  if (!session) {
    if (current.status !== 'signed-out') change({ status: 'signed-out', lost: had });
    return;
  }
  had = true;
  change({ status: 'signed-in', userId: session.user.id, email: session.user.email ?? '' });
}

/** The sign-in service, downloaded on first use. */
export function signInService(): Promise<SupabaseClient> {
  client ??= import('./supabase.ts').then(
    ({ supabase }) => {
      supabase.auth.onAuthStateChange((_event, session) => adopt(session));
      return supabase;
    },
    (error: unknown) => {
      client = undefined;
      throw error;
    },
  );
  return client;
}

/** The service answered, and its answer is no; as opposed to not having been reached. */
function isRefusal(error: AuthError): boolean {
  return error.status !== undefined && error.status >= 400 && error.status < 500 && error.status !== 429;
}

/** Signs out on this device, whether or not the sign-in service can be told. */
export async function signOut(): Promise<void> {
  const { auth } = await signInService();
  had = false;
  await Promise.race([auth.signOut({ scope: 'local' }), deadline()]);
  localStorage.removeItem(SESSION_KEY);
  change({ status: 'signed-out', lost: false });
}

/** Drops a session that is no longer accepted; the page says so and reads on. */
export async function dropSession(): Promise<void> {
  // Without a stored session supabase-js only tidies up and asks nobody.
  localStorage.removeItem(SESSION_KEY);
  change({ status: 'signed-out', lost: true });
  const { auth } = await signInService();
  await auth.signOut({ scope: 'local' });
}

let renewal: Promise<'renewed' | 'dropped' | 'unreachable'> | undefined;

/** Exchanges a refused session for a fresh one, or drops it if the sign-in service refuses it as well. */
export function renewSession(): Promise<'renewed' | 'dropped' | 'unreachable'> {
  renewal ??= (async () => {
    const { auth } = await signInService();
    const { error } = await auth.refreshSession();
    if (!error) return 'renewed' as const;
    if (!isRefusal(error)) return 'unreachable' as const;
    await dropSession();
    return 'dropped' as const;
  })().finally(() => {
    renewal = undefined;
  });
  return renewal;
}

/** The access token for the next request (refreshed when it is about to run out), or `null` for an anonymous one. */
export async function accessToken(): Promise<string | null> {
  if (current.status === 'signed-out') return null;
  const token = signInService()
    .then(({ auth }) => auth.getSession())
    .then(({ data }) => data.session?.access_token ?? null);
  return Promise.race([token, deadline()]).catch(() => null);
}

/** Takes up the session of an earlier visit and follows sign-ins in other tabs. Call once. */
export function startSession(): void {
  addEventListener('storage', (event) => {
    if (event.key === SESSION_KEY && event.newValue !== null) void restore();
  });
  if (current.status === 'restoring') void restore();
}

async function restore(): Promise<void> {
  try {
    const { auth } = await signInService();
    const { data, error } = await auth.getSession();
    if (error && isRefusal(error)) return await dropSession();
    adopt(data.session);
    if (!data.session) return;
    const user = await auth.getUser();
    if (user.error && isRefusal(user.error)) await renewSession();
  } catch {
    // The sign-in service's code could not be downloaded: read on without it; the next visit tries again.
    change({ status: 'signed-out', lost: false });
  }
}

/** Calls `listener` after each change of who is reading; gives the way to stop. */
export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Who is reading now. */
export const currentSession = (): Session => current;

/** Who is reading, as React state. */
export function useSession(): Session {
  return useSyncExternalStore(onSessionChange, currentSession);
}
