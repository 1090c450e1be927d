import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The header that carries the token; a foreign page can't send it without a preflight, which nobody answers. */
export const TOKEN_HEADER = 'x-workbook-token';

/**
 * Why a request may not be answered, in Japanese; null where it may. Only this machine's own page may ask: its host is a
 * loopback name (a rebound DNS name is not), it comes from the same origin, and it knows the token.
 * @param token what the request has to carry; null for the one that fetches it
 */
export function whyRefused({ headers }: Pick<IncomingMessage, 'headers'>, token: string | null): string | null {
  const host = headers.host ?? '';
  const url = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : null;
  if (!url || !LOOPBACK.has(url.hostname)) return 'この機械の localhost からだけ使えます。';
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return 'ほかのサイトのページからは使えません。';
  if (headers.origin !== undefined && headers.origin !== `http://${host}`)
    return 'ほかのサイトのページからは使えません。';
  if (token !== null && !same(headers[TOKEN_HEADER], token))
    return 'ページを読み込み直してから、もう一度試してください。';
  return null;
}

function same(given: unknown, token: string): boolean {
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
