import { createHash } from 'node:crypto';
import { withheld } from './aws/withhold.ts';
import { type CodeLooks, codeLooks } from './code-looks.ts';
import type { Tape } from './tape.ts';

/** What a server answered. Redirects are not followed: they are something to judge. */
export interface Answered {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** The first 64 KiB. */
  body: string;
  /** Milliseconds until the whole answer was there. */
  ms: number;
}

/** What a server answered to a visitor's browser, and what its whole text holds. */
export interface CodeAnswered {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  looks: CodeLooks;
}

/** HTTP, read-only: five seconds a request, and no method that changes anything. */
export interface Http {
  get: (url: string, headers?: Record<string, string>) => Promise<Answered>;
  head: (url: string, headers?: Record<string, string>) => Promise<Answered>;
  /** E.g. a browser's CORS preflight. */
  options: (url: string, headers?: Record<string, string>) => Promise<Answered>;
  /** A GraphQL query; a mutation or subscription is refused. */
  query: (url: string, query: string, headers?: Record<string, string>) => Promise<Answered>;
  /** A body as it is: a batch, something broken, or far too much. One that speaks of a mutation or subscription is refused. */
  post: (url: string, body: string, headers?: Record<string, string>) => Promise<Answered>;
  /** A page's document or script as a visitor's browser gets it. Only what it holds is told and recorded, never its text. */
  code: (url: string) => Promise<CodeAnswered>;
}

const TIME_OUT = 5_000;
const LIMIT = 64 * 1024;

/** The headers for the recording: tokens only as a fingerprint, so that two of them are still two different calls. */
function unnamed(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      /^(authorization|apikey|cookie|x-origin-secret)$/i.test(name)
        ? createHash('sha256').update(value).digest('hex').slice(0, 8)
        : value,
    ]),
  );
}

/** What is sent, for the recording: what is far too long only by its length and fingerprint. */
function shortened(body: string | undefined): string | undefined {
  if (body === undefined || body.length <= 4096) return body;
  return `${body.length} 文字（${createHash('sha256').update(body).digest('hex').slice(0, 8)}）`;
}

/** The port to HTTP servers. */
export function httpPort(tape: Tape): Http {
  const ask = (method: string, url: string, headers: Record<string, string>, body?: string) =>
    tape.play(
      { port: 'http', action: method, input: { url, headers: unnamed(headers), body: shortened(body) } },
      async () => {
        const began = performance.now();
        const response = await fetch(url, {
          method,
          headers,
          redirect: 'manual',
          signal: AbortSignal.timeout(TIME_OUT),
          ...(body === undefined ? {} : { body }),
        });
        const text = await response.text();
        return withheld({
          status: response.status,
          headers: Object.fromEntries(response.headers),
          body: text.slice(0, LIMIT),
          ms: Math.round(performance.now() - began),
        });
      },
    );
  return {
    get: (url, headers = {}) => ask('GET', url, headers),
    head: (url, headers = {}) => ask('HEAD', url, headers),
    options: (url, headers = {}) => ask('OPTIONS', url, headers),
    query: (url, query, headers = {}) => {
      if (/^\s*(mutation|subscription)\b/m.test(query)) throw new Error('http.query refuses what is not a query');
      return ask('POST', url, { 'content-type': 'application/json', ...headers }, JSON.stringify({ query }));
    },
    post: (url, body, headers = {}) => {
      if (/\b(mutation|subscription)\b/.test(body)) throw new Error('http.post refuses what is not a query');
      return ask('POST', url, { 'content-type': 'application/json', ...headers }, body);
    },
    code: (url) =>
      tape.play({ port: 'http', action: 'code', input: { url } }, async () => {
        const response = await fetch(url, {
          headers: { accept: 'text/html,*/*;q=0.8' },
          redirect: 'manual',
          signal: AbortSignal.timeout(TIME_OUT),
        });
        const looks = codeLooks(await response.text());
        return { status: response.status, headers: Object.fromEntries(response.headers), looks };
      }),
  };
}
