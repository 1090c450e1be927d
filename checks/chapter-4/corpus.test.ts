import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Blog, startBlog } from '../corpus/blog.ts';
import { type Authority, authority, type Issue } from '../corpus/certificates.ts';
import { type Answer, type Front, type FrontOptions, type Request, startFront } from '../corpus/front.ts';
import { judge } from '../corpus/judged.ts';
import { sampled } from '../corpus/sampled.ts';

// The real server behind a real TLS server, looked at from outside with the real engine: the right blog, then one mistake
// at a time. A mistake that the server's own settings can make is made there; the others are made in front of it.

const PAGE = 'http://localhost:3000';

interface Mistake {
  name: string;
  /** The check that has to catch it, below chapter-4. */
  caught: string;
  /** What its message has to name. */
  names: string[];
  issue?: Issue;
  /** By an authority that no browser knows. */
  ownAuthority?: true;
  front?: Omit<Partial<FrontOptions>, 'identity' | 'api'>;
  /** Settings of the real server. */
  env?: Record<string, string>;
}

const header =
  (name: string, value: string | undefined | ((origin: string) => string | undefined)) =>
  (answer: Answer, { headers }: Request): Answer => ({
    ...answer,
    headers: { ...answer.headers, [name]: typeof value === 'function' ? value(headers.origin ?? '') : value },
  });

const body = (is: (request: Request) => boolean, status: number, text: string) => (answer: Answer, request: Request) =>
  is(request) ? { ...answer, status, body: text } : answer;

const mistakes: Mistake[] = [
  // 入口
  {
    name: '証明書の期限が切れた',
    caught: 'frontend-env/certificate',
    names: ['期限が切れました'],
    issue: { fromDays: -90, untilDays: -1 },
  },
  {
    name: '証明書の期限が迫っている',
    caught: 'frontend-env/certificate',
    names: ['迫っています'],
    issue: { fromDays: -380, untilDays: 5 },
  },
  {
    name: '別のホストの証明書',
    caught: 'frontend-env/certificate',
    names: ['localhost', 'www.example.com'],
    issue: { hosts: ['www.example.com'] },
  },
  {
    name: '自分で作った認証局の証明書',
    caught: 'frontend-env/certificate',
    names: ['信頼しません'],
    ownAuthority: true,
  },
  { name: '80番で待つものがない', caught: 'frontend-env/redirect', names: ['断られました'], front: { plain: null } },
  {
    name: '80番が平文のまま答える',
    caught: 'frontend-env/redirect',
    names: ['HTTP 200'],
    front: { plain: (_, response) => response.end('{"data":{}}') },
  },
  {
    name: '80番が http へ送り続ける（Cloudflare の「フレキシブル」の輪）',
    caught: 'frontend-env/redirect',
    names: ['回り続けます'],
    front: {
      plain: (request, response) =>
        response.writeHead(301, { location: `http://${request.headers.host}/graphql` }).end(),
    },
  },
  {
    name: '80番がトップページへ送ってしまう',
    caught: 'frontend-env/redirect',
    names: ['ホスト名かパス'],
    front: { plain: (_, response) => response.writeHead(301, { location: 'https://localhost/' }).end() },
  },
  {
    name: '健康なタスクがない',
    caught: 'frontend-env/answers',
    names: ['HTTP 503', '健康なターゲット'],
    front: { change: () => ({ status: 503, headers: { server: 'awselb/2.0' }, body: '' }) },
  },
  {
    name: 'ドメインの先に別のものがいる',
    caught: 'frontend-env/answers',
    names: ['Welcome to nginx'],
    front: { change: () => ({ status: 200, headers: {}, body: 'Welcome to nginx' }) },
  },
  // CORS
  {
    name: 'CORS_ORIGIN が別の画面のまま',
    caught: 'cors/preflight',
    names: [PAGE],
    env: { CORS_ORIGIN: 'https://old.example' },
  },
  {
    name: 'オリジンの最後に / がある',
    caught: 'cors/preflight',
    names: [`${PAGE}/`, '最後の /'],
    front: { change: header('access-control-allow-origin', (origin) => (origin === PAGE ? `${PAGE}/` : undefined)) },
  },
  {
    name: '許すオリジンをカンマでつないで、そのまま返す',
    caught: 'cors/preflight',
    names: ['1つだけ'],
    front: { change: header('access-control-allow-origin', `${PAGE},https://blog.example.com`) },
  },
  {
    name: '身分証のヘッダーを許していない',
    caught: 'cors/preflight',
    names: ['authorization'],
    front: { change: header('access-control-allow-headers', 'content-type') },
  },
  {
    name: 'プリフライトに 405 で答える',
    caught: 'cors/preflight',
    names: ['HTTP 405'],
    front: { change: body(({ method }) => method === 'OPTIONS', 405, '') },
  },
  {
    name: 'プリフライトだけに印を付けた',
    caught: 'cors/request',
    names: ['（なし）'],
    front: {
      change: (answer, request) =>
        request.method === 'OPTIONS' ? answer : header('access-control-allow-origin', undefined)(answer, request),
    },
  },
  {
    name: '聞かれたオリジンを、そのまま何でも許す',
    caught: 'cors/others',
    names: ['evil.example', 'null'],
    front: { change: header('access-control-allow-origin', (origin) => origin) },
  },
  {
    name: '前方一致で比べている',
    caught: 'cors/others',
    names: [`${PAGE}.evil.example`],
    front: {
      change: header('access-control-allow-origin', (origin) => (origin.startsWith(PAGE) ? origin : undefined)),
    },
  },
  {
    name: 'null を許している',
    caught: 'cors/others',
    names: ['null'],
    front: {
      change: header('access-control-allow-origin', (origin) =>
        origin === 'null' || origin === PAGE ? origin : undefined,
      ),
    },
  },
  {
    name: '* と credentials: true',
    caught: 'cors/wildcard',
    names: ['資格情報も'],
    front: { change: header('access-control-allow-origin', '*') },
  },
  // 攻めてみる
  {
    name: 'TLS 1.0 と 1.1 も受け付ける',
    caught: 'security/tls-version',
    names: ['TLS 1.1'],
    front: { tls: { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } },
  },
  {
    name: '身分証を確かめず、だれでも通す',
    caught: 'security/tokens',
    names: ['alg: none', 'でたらめ'],
    front: {
      change: body(({ headers }) => headers.authorization !== undefined, 200, '{"data":{"articles":{"nodes":[]}}}'),
    },
  },
  {
    name: 'イントロスペクションが開いている',
    caught: 'security/introspection',
    names: ['__schema'],
    env: { GRAPHQL_INTROSPECTION: 'true' },
  },
  {
    name: '重い問い合わせを実行する',
    caught: 'security/query-limits',
    names: ['深い入れ子', '別名の繰り返し'],
    front: {
      change: body((request) => /first: 100|a59/.test(request.body), 200, '{"data":{"articles":{"nodes":[]}}}'),
    },
  },
  {
    name: 'まとめて送った問い合わせを実行する',
    caught: 'security/batching',
    names: ['10個とも'],
    front: {
      change: body(
        (request) => request.body.startsWith('['),
        200,
        JSON.stringify(Array.from({ length: 10 }, () => ({ data: { __typename: 'Query' } }))),
      ),
    },
  },
  {
    name: '大きな本文を受け取る',
    caught: 'security/body-size',
    names: ['HTTP 200'],
    front: { change: body((request) => request.body.length > 1_000_000, 200, '{"data":{"__typename":"Query"}}') },
  },
  {
    name: 'nosniff がない',
    caught: 'security/headers',
    names: ['x-content-type-options'],
    front: { change: header('x-content-type-options', undefined) },
  },
  {
    name: 'X-Powered-By を付けている',
    caught: 'security/headers',
    names: ['x-powered-by: Express'],
    front: { change: header('x-powered-by', 'Express') },
  },
  {
    name: 'エラーにスタックトレースが入る',
    caught: 'security/errors',
    names: ['スタックトレース'],
    front: {
      change: body(
        (request) => request.body.includes('passwordHash'),
        400,
        JSON.stringify({
          errors: [{ message: 'x', extensions: { stacktrace: ['Error: x', '    at resolve (/app/src/a.js:3:4)'] } }],
        }),
      ),
    },
  },
  {
    name: 'エラーに SQL が入る',
    caught: 'security/errors',
    names: ['データベースの言葉'],
    front: {
      change: body(
        (request) => request.body.includes("'; --"),
        400,
        '{"errors":[{"message":"PrismaClientKnownError"}]}',
      ),
    },
  },
  {
    name: '送った人の間違いで 500 になる',
    caught: 'security/errors',
    names: ['壊れた本文', 'HTTP 500'],
    front: {
      change: body((request) => request.body === '{"query": "{ articles ', 500, '{"errors":[{"message":"x"}]}'),
    },
  },
];

let blog: Blog;
let known: Authority;
let unknown: Authority;
let front: Front | null = null;
beforeAll(async () => {
  [blog, known, unknown] = await Promise.all([
    startBlog(),
    authority({ trusted: true }),
    authority({ name: 'Own authority', trusted: false }),
  ]);
}, 120_000);
afterAll(() => blog?.stop());
afterEach(() => front?.close());

// What looks at AWS, at this repository's own settings or with a browser is shown elsewhere.
const LOOKED_AT = /^(frontend-env|cors|security)\/(?!closed-ports|endpoint|public-values)/;

/** What every check of these steps says of the blog behind a front; without an AWS to look at. */
async function look({ issue = {}, ownAuthority, front: options = {} }: Partial<Mistake>, pages = [PAGE]) {
  const identity = await (ownAuthority ? unknown : known).issue(issue);
  front = await startFront({ identity, api: blog.api, ...options });
  const { results } = await judge('chapter-4', {
    endpoint: 'http://127.0.0.1:9',
    credentials: { accessKeyId: 'nobody', secretAccessKey: 'nobody' },
    choice: { url: front.url, plainUrl: front.plainUrl, pages },
  });
  return [...results].filter(([id]) => LOOKED_AT.test(id)).map(([id, said]) => ({ id, ...said }));
}

test('the right blog passes every check', async () => {
  const said = await look({});
  expect(said.length).toBeGreaterThanOrEqual(16);
  expect(said.filter(({ status }) => status !== 'pass')).toEqual([]);
});

test('two pages of one environment are both let in, and nobody else', async () => {
  const other = 'https://blog-aws-practice-frontend.example.workers.dev';
  await blog.restart({ CORS_ORIGIN: `${PAGE},${other}` });
  try {
    const said = (await look({}, [PAGE, other])).filter(({ id }) => id.startsWith('cors/'));
    expect(said.map(({ status }) => status)).toEqual(['pass', 'pass', 'pass', 'pass']);
    expect(said.find(({ id }) => id === 'cors/request')?.evidence).toContain(other);
  } finally {
    await blog.restart();
  }
});

describe.each(sampled(mistakes))('$name', (mistake) => {
  test(`is caught by ${mistake.caught}, and by nothing else`, async () => {
    if (mistake.env) await blog.restart(mistake.env);
    try {
      const said = await look(mistake);
      const failed = said.filter(({ status }) => status === 'fail');
      expect(failed.map(({ id }) => id)).toEqual([mistake.caught]);
      for (const name of mistake.names) expect(failed[0]?.evidence).toContain(name);
      expect(said.filter(({ status }) => status === 'unknown')).toEqual([]);
    } finally {
      if (mistake.env) await blog.restart();
    }
  });
});
