import { defineCheck, type Judgement } from '../../check.ts';
import { NO_PAGE, servedPages } from '../../find/served-pages.ts';
import type { Answered } from '../../ports/http.ts';

export default defineCheck({
  title: '画面と API が、自分自身へ転送され続けない',
  why: 'API のドメインを Cloudflare のプロキシに通し、暗号化モードが「フレキシブル」だと、Cloudflare は http で来て、ALB は https へ返し、いつまでも終わりません。',
  needs: ['chapter-5/cloudflare/endpoint'],
  read: async (world): Promise<{ url: string; answered: Answered }[]> => {
    const pages = await servedPages(world);
    const urls = pages.flatMap(({ origin, endpoints }) => [
      `${origin}/`,
      ...endpoints.map((endpoint) => endpoint.replace(/\/graphql$/, '/health')),
    ]);
    return Promise.all([...new Set(urls)].map(async (url) => ({ url, answered: await world.http.head(url) })));
  },
  judge: (looks): Judgement => {
    if (looks.length === 0) return NO_PAGE;
    const looping = looks.find(
      ({ url, answered: { status, headers } }) => isRedirect(status) && same(url, headers.location),
    );
    if (looping) {
      return {
        status: 'fail',
        evidence: `${looping.url} は、自分自身へ転送されます（HTTP ${looping.answered.status}）。ブラウザは「リダイレクトが繰り返し行われました」と言います。`,
        expected: '転送されずに答える',
      };
    }
    return {
      status: 'pass',
      evidence: looks.map(({ url, answered: { status } }) => `${url} は HTTP ${status}`).join('、'),
    };
  },
  fix: {
    console:
      'Cloudflare の「SSL/TLS」>「概要」で、暗号化モードを「フル（厳密）」にします。または、DNS のレコードをプロキシなし（灰色の雲）にします。',
    cli: 'curl -sI <API の URL>/health で location を見ます。',
    cdk: 'Cloudflare は CDK では扱いません。',
  },
  console: null,
  doc: 'chapters/chapter-5/01-cloudflare.md#フレキシブルの輪',
});

const isRedirect = (status: number) => [301, 302, 303, 307, 308].includes(status);

/** The same place, the default port written out or not. */
function same(url: string, location: string | undefined): boolean {
  const target = location === undefined ? null : URL.parse(location, url);
  return target !== null && target.href === new URL(url).href;
}
