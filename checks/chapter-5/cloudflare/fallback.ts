import { defineCheck, type Judgement } from '../../check.ts';
import { NO_PAGE, workerOrigins } from '../../find/served-pages.ts';
import type { CodeAnswered } from '../../ports/http.ts';

/** Addresses that only the page's own routing knows, and a file that no build has. */
const DEEP = ['/articles/1', '/search'];
const MISSING = '/assets/nobody-has-this-0000.js';

export default defineCheck({
  title: '記事の URL を直接開くと画面が出て、ないファイルは404になる',
  why: '画面の中のアドレスは、ファイルとしては存在しません。フォールバックがないと再読み込みで404になり、逆に何にでも画面を返すと、古いスクリプトの代わりに HTML が届いて壊れます。',
  needs: ['chapter-5/cloudflare/workers'],
  read: async (world): Promise<{ origin: string; deep: [string, CodeAnswered][]; missing: CodeAnswered }[]> =>
    Promise.all(
      Object.values(await workerOrigins(world)).map(async (origin) => ({
        origin,
        deep: await Promise.all(
          DEEP.map(async (path): Promise<[string, CodeAnswered]> => [path, await world.http.code(`${origin}${path}`)]),
        ),
        missing: await world.http.code(`${origin}${MISSING}`),
      })),
    ),
  judge: (pages): Judgement => {
    if (pages.length === 0) return NO_PAGE;
    for (const { origin, deep, missing } of pages) {
      const lost = deep.find(([, { status, looks }]) => status !== 200 || !looks.hasRoot);
      if (lost) {
        const [path, { status }] = lost;
        return {
          status: 'fail',
          evidence: `${origin}${path} を直接開くと、HTTP ${status} で、画面が出ません。`,
          expected: 'HTTP 200で、トップと同じ画面が返る',
        };
      }
      if (missing.status !== 404) {
        return {
          status: 'fail',
          evidence: `${origin}${MISSING} は存在しないのに、HTTP ${missing.status}（${missing.headers['content-type'] ?? '種類なし'}）で答えます。`,
          expected: 'HTTP 404',
          fix: {
            console: 'app/frontend/worker/main.ts のような、ないファイルに404で答える Worker を main に指定します。',
          },
        };
      }
    }
    return { status: 'pass', evidence: `${pages.map(({ origin }) => origin).join('、')} の深い URL で画面が出ます。` };
  },
  fix: {
    console: 'app/frontend/wrangler.jsonc の assets に "not_found_handling": "single-page-application" を書きます。',
    cli: 'pnpm deploy:dev',
    cdk: 'Cloudflare は CDK では扱いません。',
  },
  console: null,
  doc: 'chapters/chapter-5/01-cloudflare.md#フォールバック',
});
