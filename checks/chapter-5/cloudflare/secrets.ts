import { defineCheck, type Judgement } from '../../check.ts';
import { NO_PAGE, servedPages } from '../../find/served-pages.ts';
import type { Leak } from '../../ports/code-looks.ts';

/** So many are named; one is enough to act. */
const SHOWN = 3;

const NAMES: Record<Leak, string> = {
  'supabase-secret-key': 'Supabase の秘密の鍵（sb_secret_ で始まるもの）',
  'supabase-service-role': 'Supabase の古い秘密の鍵（役割が service_role の JWT）',
  'aws-access-key': 'AWS のアクセスキー',
  'database-url': 'パスワード入りの接続文字列',
  'private-key': '秘密鍵',
};

export default defineCheck({
  title: '配っているファイルに、秘密が1つも入っていない',
  why: '画面のスクリプトは、だれでも開いて読めます。秘密の鍵が1つ入っていれば、すべてのデータが開いているのと同じです。',
  needs: ['chapter-5/cloudflare/workers'],
  read: async (world) => ({
    pages: (await servedPages(world)).map(({ origin, document, scripts }) => ({
      origin,
      files: [{ path: '/', answer: document }, ...scripts].map(({ path, answer }) => ({
        path,
        leaks: answer.looks.leaks,
      })),
    })),
  }),
  judge: ({ pages }): Judgement => {
    if (pages.length === 0) return NO_PAGE;
    const leaks = pages.flatMap(({ origin, files }) =>
      files.flatMap(({ path, leaks: kinds }) =>
        kinds.map((kind) => `${origin}${path} に、${NAMES[kind]}が入っています。`),
      ),
    );
    if (leaks.length > 0) {
      const more = leaks.length > SHOWN ? `ほかに${leaks.length - SHOWN}件あります。` : '';
      return { status: 'fail', evidence: `${leaks.slice(0, SHOWN).join('')}${more}` };
    }
    const count = pages.reduce((sum, { files }) => sum + files.length, 0);
    return { status: 'pass', evidence: `${count}個のファイルを見て、秘密はありませんでした。` };
  },
  fix: {
    console:
      'まず、その鍵を発行元（Supabase の「Settings」>「API Keys」など）で無効にします。出たものは取り戻せないので、消すより先です。そのあと .env.production を直し、公開し直します。',
    cli: 'pnpm deploy:prod',
    cdk: 'Cloudflare は CDK では扱いません。',
  },
  console: null,
  doc: 'chapters/chapter-5/01-cloudflare.md#秘密を入れない',
});
