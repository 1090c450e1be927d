import { defineCheck, type Judgement } from '../../check.ts';
import { NO_PAGE, servedPages } from '../../find/served-pages.ts';
import type { Answered } from '../../ports/http.ts';

const ASKED = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization,content-type',
};
const OWN_MACHINE = 'http://localhost:3000';

interface Asked {
  from: string;
  endpoint: string;
  answered: Answered;
}

export default defineCheck({
  title: 'API が、公開した画面からの呼び出しを許している',
  why: '画面の URL が CORS_ORIGIN にないと、公開したとたんに、どの記事も出なくなります。開発と本番の両方に要ります。',
  needs: ['chapter-5/cloudflare/endpoint'],
  read: async (world): Promise<{ asked: Asked[]; own: Asked[] }> => {
    const pages = (await servedPages(world)).flatMap(({ origin, endpoints }) =>
      endpoints.map((endpoint) => ({ origin, endpoint })),
    );
    const ask = async (from: string, endpoint: string): Promise<Asked> => ({
      from,
      endpoint,
      answered: await world.http.options(endpoint, { origin: from, ...ASKED }),
    });
    return {
      asked: await Promise.all(pages.map(({ origin, endpoint }) => ask(origin, endpoint))),
      own: await Promise.all(
        [...new Set(pages.map(({ endpoint }) => endpoint))].map((endpoint) => ask(OWN_MACHINE, endpoint)),
      ),
    };
  },
  judge: ({ asked, own }): Judgement => {
    if (asked.length === 0) return NO_PAGE;
    const refused = asked.find((one) => !allows(one));
    if (refused) {
      const allowed = refused.answered.headers['access-control-allow-origin'] ?? 'なし';
      const origins = asked.map(({ from }) => from).join(',');
      return {
        status: 'fail',
        evidence: `${refused.endpoint} は、画面 ${refused.from} からの呼び出しを許していません（HTTP ${refused.answered.status}、許しの印: ${allowed}）。`,
        expected: `access-control-allow-origin: ${refused.from}`,
        fix: { cdk: `pnpm solve chapter-5 -c corsOrigins=${origins}` },
      };
    }
    const evidence = `${asked.map(({ from }) => from).join('、')} からの呼び出しを許しています。`;
    const advice = '手元の画面（http://localhost:3000）からの呼び出しも許しています。本番では外しましょう。';
    return { status: 'pass', evidence, ...(own.some(allows) ? { advice } : {}) };
  },
  fix: {
    console:
      'タスク定義の新しいリビジョンで、CORS_ORIGIN に両方の画面の URL をカンマで区切って書き、サービスを更新します。最後に / は付けません。',
    cli: 'curl -si -X OPTIONS <API の URL>/graphql -H "Origin: <画面の URL>" -H "Access-Control-Request-Method: POST"',
    cdk: 'pnpm solve chapter-5 -c corsOrigins=<開発の画面>,<本番の画面>',
  },
  console: 'ecs/v2/task-definitions',
  doc: 'chapters/chapter-5/02-production.md#本番のオリジン',
});

function allows({ from, answered: { status, headers } }: Asked): boolean {
  const names = (headers['access-control-allow-headers'] ?? '').toLowerCase();
  return (
    status >= 200 && status < 300 && headers['access-control-allow-origin'] === from && names.includes('authorization')
  );
}
