import { describe, expect, it } from 'vitest';
import { headersFile } from './headers.ts';

const env = {
  graphqlEndpoint: 'https://api.example.com:8443/graphql',
  supabaseUrl: 'https://abc.supabase.co',
  supabasePublishableKey: 'sb_publishable_x',
  siteUrl: null,
};

const html = '<script>go()</script><script type="module" src="/a.js"></script><style>p { margin: 0 }</style>';

describe('headersFile', () => {
  it('lets the page talk to itself, the API and Supabase, and to nobody else', () => {
    const [, connect] = /connect-src ([^;]*);/.exec(headersFile(env, { indexable: true, html })) ?? [];
    expect(connect?.split(' ')).toEqual(["'self'", 'https://api.example.com:8443', 'https://abc.supabase.co']);
  });

  it('never allows inline or evaluated code', () => {
    expect(headersFile(env, { indexable: true, html })).not.toMatch(/unsafe-|\*;/);
  });

  it("allows the page's own inline script by its hash, and no other", () => {
    const [, scripts] = /script-src ([^;]*);/.exec(headersFile(env, { indexable: true, html })) ?? [];
    // printf 'go()' | openssl dgst -sha256 -binary | base64
    expect(scripts).toBe("'self' 'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='");
  });

  it("allows the page's own inline style by its hash, and no other", () => {
    const [, styles] = /style-src ([^;]*);/.exec(headersFile(env, { indexable: true, html })) ?? [];
    // printf 'p { margin: 0 }' | openssl dgst -sha256 -binary | base64
    expect(styles).toBe("'self' 'sha256-7IWhgxoOGTB5NQzjGk9OPt0FwhVeBvZGoWgF9xLLh8c='");
  });

  it('keeps everything but production out of search engines', () => {
    expect(headersFile(env, { indexable: false, html })).toContain('X-Robots-Tag: noindex');
    expect(headersFile(env, { indexable: true, html })).not.toContain('X-Robots-Tag');
  });
});
