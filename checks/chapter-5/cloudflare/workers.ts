import { defineCheck, type Judgement } from '../../check.ts';
import { type PageEnvironment, type ServedPage, servedPages, workerOrigins } from '../../find/served-pages.ts';

const NAMES = { development: '開発', production: '本番' } as const;

export default defineCheck({
  title: '開発と本番の画面が、それぞれの URL で答える',
  why: '2つの画面が別々にあるから、開発で確かめてから本番に出せます。同じ URL なら、試したことがそのまま世界に出ます。',
  read: async (world) => ({
    origins: await workerOrigins(world),
    pages: await servedPages(world),
    rehearsal: world.choice.pageSettings !== undefined,
  }),
  judge: ({ origins, pages, rehearsal }): Judgement => {
    const missing = (['development', 'production'] as const).filter(
      (environment) => origins[environment] === undefined,
    );
    if (missing.length > 0 && rehearsal) {
      return {
        status: 'fail',
        evidence: 'リハーサルの画面を、まだ公開していません。',
        expected: '開発と本番の画面が、workerd で動いている',
        fix: { cli: 'pnpm rehearse page' },
      };
    }
    if (missing.length > 0) {
      return {
        status: 'fail',
        evidence: `${missing.map((environment) => NAMES[environment]).join('と')}の画面の URL がわかりません（${missing.map(fileOf).join('、')} の VITE_SITE_URL が空です）。`,
        expected: 'https://blog-aws-practice-frontend.<アカウント名>.workers.dev のような URL が書かれている',
      };
    }
    if (origins.development === origins.production) {
      return { status: 'fail', evidence: `開発と本番の画面が、同じ URL（${origins.production}）です。` };
    }
    const wrong = pages.flatMap((page) => mistakeIn(page) ?? []);
    if (wrong.length > 0) return { status: 'fail', evidence: wrong.join('') };
    return {
      status: 'pass',
      evidence: pages.map(({ environment, origin }) => `${NAMES[environment]} ${origin}`).join('、'),
    };
  },
  fix: {
    console: 'Cloudflare の「Workers & Pages」で、2つの Worker と、その workers.dev の URL を確かめます。',
    cli: 'pnpm deploy:dev で開発に、確かめてから pnpm deploy:prod で本番に出します。',
    cdk: 'Cloudflare は CDK では扱いません。',
  },
  console: null,
  doc: 'chapters/chapter-5/01-cloudflare.md#公開する',
});

const fileOf = (environment: PageEnvironment) => `app/frontend/.env.${environment}`;

function mistakeIn({ environment, origin, document, scripts }: ServedPage): string | null {
  const of = `${NAMES[environment]}の画面 ${origin} `;
  if (!origin.startsWith('https://') && !/^http:\/\/localhost:/.test(origin)) return `${of}が https ではありません。`;
  if (document.status !== 200) return `${of}は HTTP ${document.status} で答えます。`;
  if (!document.looks.hasRoot) return `${of}が返すのは、ブログの画面ではありません。`;
  const broken = scripts.filter(({ answer }) => answer.status !== 200);
  if (scripts.length === 0) return `${of}に、スクリプトが1つもありません。`;
  if (broken.length > 0) return `${of}のスクリプト ${broken.map(({ path }) => path).join('、')} がありません。`;
  return null;
}
