import { defineCheck, type Judgement } from '../../check.ts';
import { apiAddress } from '../../find/api-address.ts';
import { pageOrigins } from '../../find/page-origins.ts';
import type { Journey } from '../../ports/journey.ts';

interface Facts {
  api: string | null;
  page: string;
  journey: Journey;
}

export default defineCheck({
  title: 'ブラウザで画面を開くと、この API の記事を読める',
  why: '部品が1つずつ正しくても、つないだときに動くとは限りません。訪れる人と同じ道を、本物のブラウザで通ります。',
  needs: ['chapter-4/cors/request', 'chapter-4/frontend-env/endpoint'],
  read: async (world): Promise<Facts> => {
    const [address, [page = '']] = await Promise.all([apiAddress(world), pageOrigins(world)]);
    return { api: address?.url ?? null, page, journey: await world.browser.readBlog(page) };
  },
  judge: ({ api, page, journey: { stages, calls, errors } }): Judgement => {
    const stuck = stages.find(({ ok }) => !ok);
    if (stuck?.name === 'page') {
      return {
        status: 'fail',
        evidence: `${page} を開けません（${stuck.said}）。画面が動いていないか、住所が違います。`,
        fix: { cli: 'pnpm --filter ./app/frontend dev' },
      };
    }
    const elsewhere = calls.find(({ url }) => api !== null && new URL(url).origin !== api);
    if (elsewhere) {
      return {
        status: 'fail',
        evidence: `${page} は、${elsewhere.url} を呼びました。古い設定のままビルドした画面です。`,
        expected: `${api}/graphql を呼ぶ`,
      };
    }
    if (stuck?.name === 'list' && stuck.said.includes('まだ記事がありません')) {
      return {
        status: 'fail',
        evidence: `${page} は API とつながりましたが、記事が1つもありません。`,
        fix: {
          console: '画面でログインし、記事を1つ書きます。',
          cli: `aws ecs run-task --overrides '{"containerOverrides":[{"name":"blog-aws-practice-server","command":["node","prisma/seed.js"]}]}'（ほかの引数は、第2章のマイグレーションと同じです）`,
          cdk: 'pnpm solve chapter-2 service が、見本の記事も入れます。',
        },
      };
    }
    if (stuck) {
      const blocked = errors.find((text) => /CORS|Content Security Policy|Mixed Content|ERR_/.test(text));
      const what = stuck.name === 'list' ? '記事の一覧' : '記事';
      return {
        status: 'fail',
        evidence: `${page} に${what}が出ません。画面には「${stuck.said || '何も出ていません'}」と出ています${blocked ? `（ブラウザのコンソール: ${blocked.slice(0, 160)}）` : ''}。`,
      };
    }
    if (calls.length === 0) return { status: 'fail', evidence: `${page} は、API を1度も呼びませんでした。` };
    return { status: 'pass', evidence: `${page} で一覧と記事を読めました（API の呼び出し ${calls.length}回）。` };
  },
  fix: {
    console: 'ブラウザで画面を開き、開発者ツールの「コンソール」と「ネットワーク」を見ます。',
    cli: 'pnpm check chapter-4 cors',
    cdk: 'pnpm solve chapter-4 -c corsOrigins=画面のオリジン',
  },
  console: null,
  doc: 'chapters/chapter-4/03-end-to-end.md#読む',
});
