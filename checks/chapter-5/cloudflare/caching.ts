import { defineCheck, type Judgement } from '../../check.ts';
import { NO_PAGE, type ServedPage, servedPages } from '../../find/served-pages.ts';

/** Less than this is no caching worth the name. */
const DAY = 24 * 60 * 60;

export default defineCheck({
  title: '画面の入口は毎回確かめられ、名前の変わるファイルは長く覚えられる',
  why: 'index.html を覚えられると、公開し直しても古い画面のままになり、消えたスクリプトを探して真っ白になります。',
  needs: ['chapter-5/cloudflare/workers'],
  read: async (world) => ({ pages: await servedPages(world) }),
  judge: ({ pages }): Judgement => {
    if (pages.length === 0) return NO_PAGE;
    for (const page of pages) {
      const wrong = mistakeIn(page);
      if (wrong) return { status: 'fail', ...wrong };
    }
    return { status: 'pass', evidence: '入口は毎回確かめ、スクリプトは1年覚えられます。' };
  },
  fix: {
    console:
      'app/frontend/build/headers.ts が作る _headers で、/* に Cache-Control を付けず、/assets/* だけに immutable を付けます。',
    cli: 'curl -sI <画面の URL> で cache-control を見ます。',
    cdk: 'Cloudflare は CDK では扱いません。',
  },
  console: null,
  doc: 'chapters/chapter-5/01-cloudflare.md#キャッシュ',
});

function mistakeIn({ origin, document, scripts }: ServedPage): { evidence: string; expected: string } | null {
  const entry = document.headers['cache-control'] ?? '';
  const kept = seconds(entry);
  if (kept > 0 && !/no-cache|no-store/.test(entry)) {
    return {
      evidence: `${origin} の入口（index.html）が、${kept}秒のあいだ覚えられます（cache-control: ${entry}）。`,
      expected: 'cache-control: public, max-age=0, must-revalidate',
    };
  }
  const forgotten = scripts.find(
    ({ path, answer }) => path.startsWith('/assets/') && seconds(answer.headers['cache-control'] ?? '') < DAY,
  );
  if (forgotten) {
    return {
      evidence: `${origin}${forgotten.path} が、ほとんど覚えられません（cache-control: ${forgotten.answer.headers['cache-control'] ?? 'なし'}）。`,
      expected: 'cache-control: public, max-age=31536000, immutable',
    };
  }
  return null;
}

function seconds(header: string): number {
  return Number(/(?:^|[\s,])(?:s-maxage|max-age)=(\d+)/.exec(header)?.[1] ?? 0);
}
