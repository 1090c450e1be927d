import type { ServedPage } from '../find/served-pages.ts';
import type { Visited } from '../ports/browser.ts';
import type { CodeLooks } from '../ports/code-looks.ts';
import type { Answered, CodeAnswered } from '../ports/http.ts';

// Plain answers for the tests of judges; each test states only what it is about.

export const API = 'https://api.example.com';
export const DEVELOPMENT = 'https://blog-development.example.workers.dev';
export const PRODUCTION = 'https://blog.example.workers.dev';

export const POLICY = `default-src 'none'; script-src 'self'; connect-src 'self' ${API} https://abc.supabase.co; frame-ancestors 'none'`;

export const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'public, max-age=0, must-revalidate',
  'content-security-policy': POLICY,
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), geolocation=()',
};

export const code = (
  looks: Partial<CodeLooks> = {},
  headers: Record<string, string | undefined> = {},
  status = 200,
): CodeAnswered => ({
  status,
  headers: Object.fromEntries(
    Object.entries({ ...HEADERS, ...headers }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ),
  looks: { addresses: [], scripts: [], leaks: [], hasRoot: true, ...looks },
});

export const script = (looks: Partial<CodeLooks> = {}, headers: Record<string, string> = {}, status = 200) => ({
  path: '/assets/page-1a2b.js',
  answer: code(
    { hasRoot: false, ...looks },
    { 'content-type': 'text/javascript', 'cache-control': 'public, max-age=31536000, immutable', ...headers },
    status,
  ),
});

/** The production page as it should be, but for `changes`. */
export const page = (changes: Partial<ServedPage> = {}): ServedPage => ({
  environment: 'production',
  origin: PRODUCTION,
  document: code(),
  scripts: [script()],
  endpoints: [`${API}/graphql`],
  ...changes,
});

export const answered = (changes: Partial<Answered> = {}): Answered => ({
  status: 200,
  headers: {},
  body: '',
  ms: 1,
  ...changes,
});

/** A visit that went well, but for `changes`. */
export const visited = (changes: Partial<Visited> = {}): Visited => ({
  status: 200,
  url: `${PRODUCTION}/`,
  title: 'ブログ',
  text: 'ブログ\n夜行列車の朝\nもっと読む',
  errors: [],
  requests: [{ method: 'POST', url: `${API}/graphql`, status: 200, failure: null }],
  ...changes,
});
