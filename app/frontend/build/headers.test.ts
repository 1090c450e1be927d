import { describe, expect, it } from 'vitest';
import { headersFile } from './headers.ts';

const env = {
  graphqlEndpoint: 'https://api.example.com:8443/graphql',
  supabaseUrl: 'https://abc.supabase.co',
  supabasePublishableKey: 'sb_publishable_x',
  siteUrl: null,
};

describe('headersFile', () => {
  it('lets the page talk to itself, the API and Supabase, and to nobody else', () => {
    const [, connect] = /connect-src ([^;]*);/.exec(headersFile(env, { indexable: true })) ?? [];
    expect(connect?.split(' ')).toEqual(["'self'", 'https://api.example.com:8443', 'https://abc.supabase.co']);
  });

  it('never allows inline or evaluated code', () => {
    expect(headersFile(env, { indexable: true })).not.toMatch(/unsafe-|\*;/);
  });

  it('keeps everything but production out of search engines', () => {
    expect(headersFile(env, { indexable: false })).toContain('X-Robots-Tag: noindex');
    expect(headersFile(env, { indexable: true })).not.toContain('X-Robots-Tag');
  });
});
