import { defineCheck, type Judgement } from '../../check.ts';
import { apiAddress } from '../../find/api-address.ts';
import { NO_PAGE, servedPages } from '../../find/served-pages.ts';

const OWN_MACHINE = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/)/;

export default defineCheck({
  title: '画面に埋め込まれた GraphQL の宛先が、この環境の API である',
  why: '宛先はビルドのときに埋め込まれ、あとから変えられません。開発用の宛先のまま公開すると、読む人の書き込みが開発のデータベースに入ります。',
  needs: ['chapter-5/cloudflare/workers', 'chapter-4/frontend-env/address'],
  read: async (world) => {
    const [pages, address] = await Promise.all([servedPages(world), apiAddress(world)]);
    return {
      api: address?.url ?? null,
      pages: pages.map(({ environment, origin, endpoints }) => ({ environment, origin, endpoints })),
    };
  },
  judge: ({ api, pages }): Judgement => {
    if (pages.length === 0) return NO_PAGE;
    const expected = `${api ?? 'https://…'}/graphql`;
    const own = api !== null && OWN_MACHINE.test(`${api}/`);
    for (const { environment, origin, endpoints } of pages) {
      const fail = (evidence: string): Judgement => ({
        status: 'fail',
        evidence: `${origin} の画面は、${evidence}。`,
        expected,
      });
      const [endpoint, ...others] = endpoints;
      if (endpoint === undefined) return fail('GraphQL の宛先を持っていません');
      if (others.length > 0)
        return fail(`GraphQL の宛先を${endpoints.length}つ持っています（${endpoints.join('、')}）`);
      if (OWN_MACHINE.test(endpoint) && !own)
        return fail(`${endpoint} を呼びます。自分の PC の中なので、ほかの人には届きません`);
      if (endpoint.startsWith('http://'))
        return fail(`${endpoint} を呼びます。https の画面から http は、ブラウザが止めます`);
      if (environment === 'production' && endpoint !== expected)
        return fail(`${endpoint} を呼びます。この環境の API ではありません`);
    }
    return {
      status: 'pass',
      evidence: pages.map(({ origin, endpoints }) => `${origin} → ${endpoints.join('')}`).join('、'),
    };
  },
  fix: {
    console: 'app/frontend/.env.production の VITE_GRAPHQL_ENDPOINT を直します。',
    cli: 'pnpm deploy:prod（ビルドし直して公開します）',
    cdk: 'Cloudflare は CDK では扱いません。',
  },
  console: null,
  doc: 'chapters/chapter-5/01-cloudflare.md#宛先',
});
