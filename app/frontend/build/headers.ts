import { createHash } from 'node:crypto';
import type { Env } from './env.ts';

/**
 * The `_headers` file of Workers Static Assets (https://developers.cloudflare.com/workers/static-assets/headers/).
 * The content security policy lets the page talk to exactly the API and Supabase, runs only our own scripts,
 * and forbids turning strings into markup at all (Trusted Types without a single policy).
 *
 * @param html the page, whose own inline scripts and styles are allowed by their hash
 * @param indexable whether search engines may list what is served (only production)
 */
export function headersFile(env: Env, { indexable, html }: { indexable: boolean; html: string }): string {
  const hashes = (tag: 'script' | 'style') =>
    [...html.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))].map(
      ([, content = '']) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`,
    );
  const connect = [...new Set(["'self'", new URL(env.graphqlEndpoint).origin, new URL(env.supabaseUrl).origin])];
  const policy = [
    "default-src 'none'",
    ["script-src 'self'", ...hashes('script')].join(' '),
    ["style-src 'self'", ...hashes('style')].join(' '),
    // Articles may show pictures from anywhere, but never over plain http.
    "img-src 'self' https: data:",
    `connect-src ${connect.join(' ')}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

  const everywhere = {
    'Content-Security-Policy': policy,
    'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    ...(indexable ? {} : { 'X-Robots-Tag': 'noindex' }),
  };
  const block = (path: string, headers: Record<string, string>) =>
    [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join('\n');

  return `${[
    block('/*', everywhere),
    // The names of these files change with their content.
    block('/assets/*', { 'Cache-Control': 'public, max-age=31536000, immutable' }),
  ].join('\n\n')}\n`;
}
