import { defineCheck, type Judgement } from '../../check.ts';
import { askApi, NO_ADDRESS } from '../../find/api-address.ts';
import { pageOrigins } from '../../find/page-origins.ts';
import type { Answered } from '../../ports/http.ts';

/** What the browser asks leave for before the page may send a query with a token. */
const ASKED = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization,content-type',
};

type Facts = { origin: string; answered: Answered }[] | null;

export default defineCheck({
  title: '許したい画面からの事前の問い合わせ（プリフライト）に、よいと答える',
  why: 'ブラウザは、身分証を付けた呼び出しの前に「この画面から呼んでよいか」を API に聞きます。よいと言われないと、呼び出し自体が起きません。',
  needs: ['chapter-4/frontend-env/answers'],
  read: async (world): Promise<Facts> => {
    const origins = await pageOrigins(world);
    return askApi(world, (graphql) =>
      Promise.all(
        origins.map(async (origin) => ({ origin, answered: await world.http.options(graphql, { origin, ...ASKED }) })),
      ),
    );
  },
  judge: (facts): Judgement => {
    if (!facts) return NO_ADDRESS;
    for (const { origin, answered } of facts) {
      const mistake = mistakeIn(origin, answered);
      if (mistake) {
        return {
          status: 'fail',
          evidence: mistake,
          expected: `access-control-allow-origin: ${origin}`,
          fix: { cdk: `pnpm solve chapter-4 -c corsOrigins=${facts.map((one) => one.origin).join()}` },
        };
      }
    }
    return { status: 'pass', evidence: `${facts.map(({ origin }) => origin).join('、')} からの呼び出しを許します。` };
  },
  fix: {
    console:
      'タスク定義の新しいリビジョンで、環境変数 CORS_ORIGIN を画面のオリジン（https:// からホスト名まで。複数ならカンマ区切り）にし、サービスを新しいリビジョンに更新します。',
    cli: 'curl -si -X OPTIONS https://api.example.com/graphql -H "Origin: http://localhost:3000" -H "Access-Control-Request-Method: POST"',
    cdk: 'pnpm solve chapter-4 -c corsOrigins=http://localhost:3000',
  },
  console: 'ecs/v2/task-definitions',
  doc: 'chapters/chapter-4/02-cors.md#プリフライト',
});

function mistakeIn(origin: string, { status, headers }: Answered): string | null {
  const allowed = headers['access-control-allow-origin'];
  if (status < 200 || status >= 300) return `${origin} からの事前の問い合わせに、HTTP ${status} で答えました。`;
  if (allowed === undefined)
    return `${origin} からの事前の問い合わせに、許しの印（access-control-allow-origin）が付きません。`;
  if (allowed === `${origin}/`) {
    return `許しの印が ${allowed} です。最後の / がオリジンにはないので、ブラウザは別のものと見ます。`;
  }
  if (allowed.includes(',')) {
    return `許しの印が ${allowed} です。印には、聞かれたオリジンを1つだけ返します。`;
  }
  if (allowed !== origin && allowed !== '*') return `${origin} から聞いたのに、許しの印が ${allowed} です。`;
  const list = (name: string) => (headers[name] ?? '').toLowerCase().split(/\s*,\s*/);
  const lacking = ['authorization', 'content-type'].filter(
    (name) => !list('access-control-allow-headers').includes(name),
  );
  if (lacking.length > 0) {
    return `${origin} に、ヘッダー ${lacking.join('、')} を送ってよいと答えません（access-control-allow-headers: ${headers['access-control-allow-headers'] ?? 'なし'}）。`;
  }
  const methods = list('access-control-allow-methods');
  // POST needs no leave of its own: https://fetch.spec.whatwg.org/#cors-safelisted-method
  return methods.includes('post') || methods.includes('') || methods.includes('*')
    ? null
    : `${origin} に、POST を送ってよいと答えません（access-control-allow-methods: ${headers['access-control-allow-methods']}）。`;
}
