import { defineCheck, type Judgement } from '../../check.ts';
import { servedPages } from '../../find/served-pages.ts';
import type { Visited } from '../../ports/browser.ts';
import type { Answered } from '../../ports/http.ts';

const LATEST = '{ articles(first: 1) { nodes { title } } }';

interface Facts {
  origin: string;
  endpoint: string;
  visited: Visited;
  /** What the API itself says is the newest article. */
  latest: Answered;
}

export default defineCheck({
  title: '本物のブラウザで、データベースの記事が画面に出る',
  why: 'ブラウザ・Worker・ロードバランサー・タスク・データベースのどこか1つでも切れていれば、記事は出ません。',
  needs: ['chapter-4/frontend-env/certificate', 'chapter-5/cloudflare/endpoint', 'chapter-5/production/origins'],
  read: async (world): Promise<Facts | null> => {
    const page = (await servedPages(world)).find(({ environment }) => environment === 'production');
    const [endpoint] = page?.endpoints ?? [];
    if (!page || endpoint === undefined) return null;
    const [visited, latest] = await Promise.all([
      world.browser.visit(`${page.origin}/`),
      world.http.query(endpoint, LATEST, { origin: page.origin }),
    ]);
    return { origin: page.origin, endpoint, visited, latest };
  },
  judge: (facts): Judgement => {
    if (!facts) return { status: 'fail', evidence: '本番の画面か、その GraphQL の宛先がわかりません。' };
    const { origin, endpoint, visited, latest } = facts;
    const fail = (evidence: string): Judgement => ({ status: 'fail', evidence });
    const asked = visited.requests.filter(({ url, method }) => url === endpoint && method === 'POST');
    const failed = asked.find(({ status }) => status !== 200);
    if (asked.length === 0) return fail(`${origin} を開いても、${endpoint} が1度も呼ばれません。`);
    if (failed)
      return fail(
        `${origin} から ${endpoint} を呼ぶと、${failed.status === null ? `届きません（${failed.failure}）` : `HTTP ${failed.status} です`}。`,
      );
    const title = titleIn(latest.body);
    if (title === null) return fail(`${endpoint} は、記事を1つも返しません（HTTP ${latest.status}）。`);
    if (!visited.text.includes(title)) return fail(`${origin} の画面に、いちばん新しい記事「${title}」が出ません。`);
    if (visited.errors.length > 0) return fail(`${origin} の画面で、エラーが出ています（${visited.errors[0]}）。`);
    return { status: 'pass', evidence: `${origin} に「${title}」が出ました。` };
  },
  fix: {
    console: 'ブラウザの開発者ツールの「ネットワーク」で、赤くなった行を見ます。CORS・宛先・503のどれかです。',
    cli: 'pnpm diagnose',
    cdk: 'pnpm check chapter-4 と pnpm check chapter-2 service で、切れた場所を探します。',
  },
  console: null,
  doc: 'chapters/chapter-5/03-final.md#ブラウザからデータベースまで',
});

function titleIn(body: string): string | null {
  try {
    const title: unknown = JSON.parse(body).data.articles.nodes[0].title;
    return typeof title === 'string' ? title : null;
  } catch {
    return null;
  }
}
