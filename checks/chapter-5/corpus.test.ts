import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Blog, startBlog } from '../corpus/blog.ts';
import { authority } from '../corpus/certificates.ts';
import { type Answer, type Front, type Request, startFront } from '../corpus/front.ts';
import { judge } from '../corpus/judged.ts';
import { sampled } from '../corpus/sampled.ts';
import { startWorker, type Worker } from '../corpus/worker.ts';

// The page as it is built, served by workerd behind TLS, and the real server behind TLS: looked at from outside with the
// real engine. The right pages first, then one mistake at a time, made in front of the production page or of the API.

type Change = (answer: Answer, request: Request) => Answer;

interface Mistake {
  name: string;
  /** The check that has to catch it, below chapter-5. */
  caught: string;
  /** What its message has to name. */
  names: string[];
  /** What is in front of the production page. */
  page?: Change;
  /** What is in front of the API. */
  api?: Change;
  /** Both pages have one address. */
  samePage?: true;
}

const jwt = (role: string) =>
  `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify({ iss: 'supabase', role })).toString('base64url')}.c2lnbmF0dXJl`;

const header =
  (name: string, value: string | undefined, at: (url: string) => boolean = (url) => url === '/'): Change =>
  (answer, { url }) =>
    at(url) ? { ...answer, headers: { ...answer.headers, [name]: value } } : answer;
const isAsset = (url: string) => url.startsWith('/assets/');

/** The address that is built in, replaced wherever it stands. */
const endpoint =
  (to: string): Change =>
  (answer) => ({ ...answer, body: answer.body.replaceAll(`${api.url}/graphql`, to) });
const inCode =
  (text: string): Change =>
  (answer, { url }) =>
    isAsset(url) && url.endsWith('.js')
      ? { ...answer, body: `${answer.body}\n;const k=${JSON.stringify(text)}` }
      : answer;
const policy =
  (edit: (value: string) => string): Change =>
  (answer, { url }) => {
    const name = 'content-security-policy';
    return url === '/'
      ? { ...answer, headers: { ...answer.headers, [name]: edit(answer.headers[name] ?? '') } }
      : answer;
  };

const mistakes: Mistake[] = [
  {
    name: 'まだ公開していない',
    caught: 'cloudflare/workers',
    names: ['HTTP 404'],
    page: () => ({ status: 404, headers: { 'content-type': 'text/html' }, body: 'There is nothing here yet' }),
  },
  {
    name: '公開し直して、入口だけが古いまま残った',
    caught: 'cloudflare/workers',
    names: ['/assets/', 'がありません'],
    page: (answer, { url }) => (isAsset(url) ? { ...answer, status: 404 } : answer),
  },
  { name: '開発と本番が同じ URL', caught: 'cloudflare/workers', names: ['同じ URL'], samePage: true },
  {
    name: 'フォールバックがない',
    caught: 'cloudflare/fallback',
    names: ['/articles/1', 'HTTP 404'],
    page: (answer, { url }) => (/^\/(articles|search)/.test(url) ? { status: 404, headers: {}, body: '' } : answer),
  },
  {
    name: 'ないスクリプトにも画面を返す',
    caught: 'cloudflare/fallback',
    names: ['HTTP 200', 'text/html'],
    page: (answer, { url }) =>
      url.includes('nobody-has-this')
        ? { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }
        : answer,
  },
  {
    name: 'index.html を1年覚えさせる',
    caught: 'cloudflare/caching',
    names: ['index.html', '31536000'],
    page: header('cache-control', 'public, max-age=31536000'),
  },
  {
    name: 'スクリプトを覚えさせない',
    caught: 'cloudflare/caching',
    names: ['/assets/', 'no-store'],
    page: header('cache-control', 'no-store', isAsset),
  },
  {
    name: '_headers がない',
    caught: 'cloudflare/headers',
    names: ['content-security-policy', 'strict-transport-security'],
    page: ({ status, headers, body }) => ({
      status,
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          name,
          /^(content-type|cache-control)$/.test(name) ? value : undefined,
        ]),
      ),
      body,
    }),
  },
  {
    name: 'HSTS が5分だけ',
    caught: 'cloudflare/headers',
    names: ['max-age=300'],
    page: header('strict-transport-security', 'max-age=300'),
  },
  {
    name: 'どこのスクリプトでも動かす CSP',
    caught: 'cloudflare/headers',
    names: ['どこから来たスクリプトでも'],
    page: policy((value) => value.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")),
  },
  {
    name: '本番のビルドに http の宛先',
    caught: 'cloudflare/endpoint',
    names: ['http://api.example.com/graphql', 'ブラウザが止めます'],
    page: (answer, request) => endpoint('http://api.example.com/graphql')(answer, request),
  },
  {
    name: '本番に開発の宛先',
    caught: 'cloudflare/endpoint',
    names: ['https://dev-api.example.com/graphql', 'この環境の API ではありません'],
    page: (answer, request) => endpoint('https://dev-api.example.com/graphql')(answer, request),
  },
  {
    name: '宛先の末尾の /graphql を忘れた',
    caught: 'cloudflare/endpoint',
    names: ['宛先を持っていません'],
    page: (answer, request) => endpoint('https://api.example.com')(answer, request),
  },
  {
    name: '古い秘密の鍵（service_role）をビルドに入れた',
    caught: 'cloudflare/secrets',
    names: ['service_role', '/assets/'],
    page: inCode(jwt('service_role')),
  },
  {
    name: '秘密の鍵（sb_secret_）をビルドに入れた',
    caught: 'cloudflare/secrets',
    names: ['sb_secret_'],
    page: inCode('sb_secret_canary0123456789'),
  },
  {
    name: '接続文字列をビルドに入れた',
    caught: 'cloudflare/secrets',
    names: ['接続文字列'],
    page: inCode('postgresql://bloguser:canary@db.example.com:5432/blogdb'),
  },
  {
    name: 'CSP に API がない',
    caught: 'cloudflare/allowed-connections',
    names: ['話せません'],
    page: policy((value) => value.replace(/connect-src [^;]*/, "connect-src 'self'")),
  },
  {
    name: 'CSP がだれとでも話させる',
    caught: 'cloudflare/allowed-connections',
    names: ['だれとでも'],
    page: policy((value) => value.replace(/connect-src [^;]*/, "connect-src 'self' https:")),
  },
  {
    name: 'Cloudflare の「フレキシブル」の輪',
    caught: 'cloudflare/redirect-loop',
    names: ['/health', '自分自身へ転送'],
    api: (answer, { url }) =>
      url === '/health' ? { status: 301, headers: { location: `${api.url}/health` }, body: '' } : answer,
  },
  {
    name: 'CORS に本番の画面がない',
    caught: 'production/origins',
    names: ['許していません'],
    api: (answer, { method, headers }) =>
      method === 'OPTIONS' && headers.origin === production.url
        ? { ...answer, headers: { ...answer.headers, 'access-control-allow-origin': undefined } }
        : answer,
  },
];

let blog: Blog;
let worker: Worker;
let api: Front;
let development: Front;
let production: Front;
let mistake: Partial<Mistake> = {};

beforeAll(async () => {
  const [started, known] = await Promise.all([startBlog(), authority({ trusted: true })]);
  blog = started;
  const identity = await known.issue();
  api = await startFront({ identity, api: blog.api, change: (...seen) => mistake.api?.(...seen) ?? seen[0] });
  worker = await startWorker(api.url, blog.signIn);
  development = await startFront({ identity, api: worker.url });
  production = await startFront({ identity, api: worker.url, change: (...seen) => mistake.page?.(...seen) ?? seen[0] });
  await blog.restart({ CORS_ORIGIN: `${development.url},${production.url}` });
}, 180_000);
afterAll(async () => {
  for (const front of [api, development, production]) front?.close();
  await Promise.all([worker?.stop(), blog?.stop()]);
});

/** What the checks say that need no AWS. */
async function look(made: Partial<Mistake>) {
  mistake = made;
  const pages = made.samePage ? [production.url, production.url] : [development.url, production.url];
  const target = {
    endpoint: 'http://127.0.0.1:9',
    credentials: { accessKeyId: 'nobody', secretAccessKey: 'nobody' },
    choice: { url: api.url, plainUrl: api.plainUrl, pages },
  };
  const [cloudflare, rest] = await Promise.all([
    judge('chapter-5/cloudflare', target),
    judge('chapter-5/production', target),
  ]);
  const all = [...cloudflare.results].map(([id, said]) => ({ ...said, id: `cloudflare/${id}` }));
  const origins = rest.results.get('origins');
  return { said: [...all, ...(origins ? [{ ...origins, id: 'production/origins' }] : [])], calls: cloudflare.calls };
}

test('the right pages pass every check', async () => {
  const { said } = await look({});
  expect(said.filter(({ status }) => status !== 'pass')).toEqual([]);
  expect(said).toHaveLength(9);
});

describe.each(sampled(mistakes))('$name', (one) => {
  test(`is caught by ${one.caught}, and by nothing else`, async () => {
    const { said, calls } = await look(one);
    const failed = said.filter(({ status }) => status === 'fail');
    expect(failed.map(({ id }) => id)).toEqual([one.caught]);
    for (const name of one.names) expect(failed[0]?.evidence).toContain(name);
    expect(said.filter(({ status }) => status === 'unknown')).toEqual([]);
    // A key that leaked to every visitor must not leak on into a report or recording.
    expect(JSON.stringify([said, calls])).not.toMatch(/canary|c2lnbmF0dXJl/);
  });
});
