import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { Refusal } from '@blog-aws-practice/checks/refusal.ts';
import { whyRefused } from './guard.ts';
import type { Looks } from './looks.ts';
import type { Target } from './messages.ts';

/** What of Vite's plugins this one is. */
interface DevelopmentServer {
  middlewares: { use: (path: string, handler: (request: IncomingMessage, response: ServerResponse) => void) => void };
}

/**
 * Lets the page ask for checks while `vitepress dev` serves it: `GET /_live/session`, then `POST /_live/progress`, `check`
 * and `map` with the token. The published page has no such server.
 * @param root the repository
 */
export function liveChecks(root: string) {
  const token = randomBytes(32).toString('base64url');
  return {
    name: 'blog-aws-practice:live-checks',
    configureServer: ({ middlewares }: DevelopmentServer) => {
      // Loaded when first asked: the page itself should be there at once.
      let loading: Promise<Looks> | undefined;
      const all = () => (loading ??= load().then(({ looks }) => looks(root)));
      middlewares.use('/_live', (request, response) => {
        void answer(request, token, all).then(({ status, body }) => {
          response.writeHead(status, {
            'content-type': 'application/json; charset=utf-8',
            'cache-control': 'no-store',
            'x-content-type-options': 'nosniff',
          });
          response.end(JSON.stringify(body));
        });
      });
    },
  };
}

/** By its address, so that Vite doesn't make it and all that it imports a part of its own configuration. */
function load(): Promise<typeof import('./looks.ts')> {
  return import(new URL('looks.ts', import.meta.url).href);
}

interface Answer {
  status: number;
  body: unknown;
}

async function answer(request: IncomingMessage, token: string, all: () => Promise<Looks>): Promise<Answer> {
  const [path] = (request.url ?? '').split('?');
  const fetchesToken = path === '/session' && request.method === 'GET';
  const refused = whyRefused(request, fetchesToken ? null : token);
  if (refused) return { status: 403, body: { error: refused } };
  try {
    const looks = await all();
    if (fetchesToken) return { status: 200, body: await looks.session(token) };
    if (request.method !== 'POST') return { status: 405, body: { error: 'この呼び方はできません。' } };
    const { target, chapter, step } = words(await json(request));
    if (path === '/progress') return { status: 200, body: await looks.progress(target) };
    if (path === '/check') return { status: 200, body: await looks.check(target, chapter, step) };
    if (path === '/map') return { status: 200, body: await looks.map(target) };
    return { status: 404, body: { error: 'ここには何もありません。' } };
  } catch (error) {
    // What the checks refuse, they say in Japanese; anything else is our own mistake.
    const what = error instanceof Error ? error.message : String(error);
    return error instanceof Refusal
      ? { status: 400, body: { error: what } }
      : { status: 500, body: { error: `ワークブック自身の不具合です（${what}）。講師か Issue に知らせてください。` } };
  }
}

function words(body: unknown): { target: Target; chapter: string; step: string | null } {
  const given = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  return {
    target: given.target === 'aws' ? 'aws' : 'rehearsal',
    chapter: typeof given.chapter === 'string' ? given.chapter : '',
    step: typeof given.step === 'string' ? given.step : null,
  };
}
