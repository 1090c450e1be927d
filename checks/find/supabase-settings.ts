import { parseEnv } from 'node:util';
import type { World } from '../world.ts';

/** Where the page's public settings for production are written. They are committed: everyone who opens the page sees them. */
export const SETTINGS_FILE = 'app/frontend/.env.production';

/** The learner's Supabase project, as the page will use it. */
export interface SupabaseSettings {
  /** The project's URL as written; null when it isn't written. */
  url: string | null;
  /** What kind of key is written, never the key itself. */
  key: 'publishable' | 'legacy-anon' | 'secret' | 'unreadable' | null;
}

/** What `app/frontend/.env.production` says of Supabase. */
export async function supabaseSettings({ files }: World): Promise<SupabaseSettings> {
  const settings = parseEnv((await files.read(SETTINGS_FILE)) ?? '');
  return { url: settings.VITE_SUPABASE_URL || null, key: kindOf(settings.VITE_SUPABASE_PUBLISHABLE_KEY ?? '') };
}

/** https://supabase.com/docs/guides/api/api-keys; legacy keys are JWTs that name their role. */
function kindOf(key: string): SupabaseSettings['key'] {
  if (key === '') return null;
  if (key.startsWith('sb_publishable_')) return 'publishable';
  if (key.startsWith('sb_secret_')) return 'secret';
  try {
    const { role } = JSON.parse(Buffer.from(key.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return role === 'anon' ? 'legacy-anon' : 'secret';
  } catch {
    return 'unreadable';
  }
}
