import { createClient } from '@supabase/supabase-js';
import { env } from '../env.ts';
import { SESSION_KEY } from './session-key.ts';

/**
 * The Supabase client. Only `session.ts` imports this module, and only when someone signs in or has signed in
 * before, so that an anonymous reader never downloads it.
 */
export const supabase = createClient(env.supabaseUrl, env.supabasePublishableKey, {
  auth: { storageKey: SESSION_KEY, flowType: 'pkce' },
});
