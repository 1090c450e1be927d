import { describe, expect, it } from 'vitest';
import { EnvError, parseEnv } from './env.ts';

const good = {
  VITE_GRAPHQL_ENDPOINT: 'https://api.example.com/graphql',
  VITE_SUPABASE_URL: 'https://abc.supabase.co/',
  VITE_SUPABASE_PUBLISHABLE_KEY: ' sb_publishable_x ',
};
const production = { source: '.env.production', httpsOnly: true };

function refusal(change: Record<string, string | undefined>, options = production): string {
  try {
    parseEnv({ ...good, ...change }, options);
  } catch (error) {
    if (error instanceof EnvError) return error.message;
    throw error;
  }
  throw new Error('accepted');
}

describe('parseEnv', () => {
  it('gives the settings, trimmed, without a trailing slash', () => {
    expect(parseEnv(good, production)).toEqual({
      graphqlEndpoint: 'https://api.example.com/graphql',
      supabaseUrl: 'https://abc.supabase.co',
      supabasePublishableKey: 'sb_publishable_x',
      siteUrl: null,
    });
  });

  it('names every missing variable in one sentence, with the file to mend', () => {
    const message = refusal({
      VITE_GRAPHQL_ENDPOINT: undefined,
      VITE_SUPABASE_URL: '',
      VITE_SUPABASE_PUBLISHABLE_KEY: ' ',
    });
    for (const part of [
      '.env.production',
      'VITE_GRAPHQL_ENDPOINT が空',
      'VITE_SUPABASE_URL が空',
      'VITE_SUPABASE_PUBLISHABLE_KEY が空',
    ]) {
      expect(message).toContain(part);
    }
    expect(message.match(/。/g)).toHaveLength(1);
    expect(message).not.toContain('\n');
  });

  it.each([
    ['http in production', { VITE_GRAPHQL_ENDPOINT: 'http://alb.example.com/graphql' }, 'http:// で始まって'],
    ['http for Supabase in production', { VITE_SUPABASE_URL: 'http://abc.supabase.co' }, 'http:// で始まって'],
    ['no URL at all', { VITE_GRAPHQL_ENDPOINT: 'api.example.com/graphql' }, 'URL として読めません'],
    ['another scheme', { VITE_GRAPHQL_ENDPOINT: 'javascript:alert(1)' }, 'URL として読めません'],
    ['an unreadable site', { VITE_SITE_URL: 'blog' }, 'VITE_SITE_URL'],
    ['a secret key', { VITE_SUPABASE_PUBLISHABLE_KEY: 'sb_secret_abc' }, '秘密のキー'],
    [
      'a service_role key of the old kind',
      {
        VITE_SUPABASE_PUBLISHABLE_KEY: `e30.${Buffer.from(JSON.stringify({ role: 'service_role' })).toString('base64url')}.x`,
      },
      '秘密のキー',
    ],
  ])('refuses %s', (_name, change, part) => {
    const message = refusal(change);
    expect(message).toContain(part);
    expect(message).not.toContain('sb_secret_abc');
  });

  it('takes http where the page itself comes over http', () => {
    const local = { ...good, VITE_GRAPHQL_ENDPOINT: 'http://localhost:4000/graphql' };
    expect(parseEnv(local, { source: '.env.development', httpsOnly: false }).graphqlEndpoint).toBe(
      'http://localhost:4000/graphql',
    );
  });

  it('takes the older anon key, which is public', () => {
    const anon = `e30.${Buffer.from(JSON.stringify({ role: 'anon' })).toString('base64url')}.x`;
    expect(parseEnv({ ...good, VITE_SUPABASE_PUBLISHABLE_KEY: anon }, production).supabasePublishableKey).toBe(anon);
  });
});
