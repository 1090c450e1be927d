import { defineCheck, type Judgement } from '../../check.ts';
import { NO_PAGE, servedPages } from '../../find/served-pages.ts';

const HALF_YEAR = 182 * 24 * 60 * 60;

/** A header, and what is wrong with its value; null where it is right. */
const WANTED: [string, (value: string) => string | null][] = [
  [
    'content-security-policy',
    (value) =>
      /unsafe-eval|script-src[^;]*'unsafe-inline'|(default|script)-src[^;]*\s(\*|https:)(\s|;|$)/.test(value)
        ? 'どこから来たスクリプトでも動かします'
        : /(default|script)-src/.test(value)
          ? null
          : 'スクリプトの出どころを決めていません',
  ],
  [
    'strict-transport-security',
    (value) => (Number(/max-age=(\d+)/.exec(value)?.[1] ?? 0) < HALF_YEAR ? `短すぎます（${value}）` : null),
  ],
  ['x-content-type-options', (value) => (value === 'nosniff' ? null : `nosniff ではありません（${value}）`)],
  [
    'referrer-policy',
    (value) =>
      /unsafe-url|^no-referrer-when-downgrade$/.test(value) ? `よその画面に URL を渡します（${value}）` : null,
  ],
  ['permissions-policy', (value) => (/camera=\(\)/.test(value) ? null : 'カメラを閉じていません')],
];

export default defineCheck({
  title: '画面に、身を守るヘッダーが付いている',
  why: '記事やコメントに悪いスクリプトが紛れても、ヘッダーがあればブラウザが動かしません。平文への逆戻りや、種類の取り違えも防ぎます。',
  needs: ['chapter-5/cloudflare/workers'],
  read: async (world) => ({
    pages: (await servedPages(world)).map(({ origin, document }) => ({ origin, headers: document.headers })),
  }),
  judge: ({ pages }): Judgement => {
    if (pages.length === 0) return NO_PAGE;
    for (const { origin, headers } of pages) {
      const missing = WANTED.filter(([name]) => headers[name] === undefined).map(([name]) => name);
      if (missing.length > 0) {
        return { status: 'fail', evidence: `${origin} に、${missing.join('、')} がありません。` };
      }
      for (const [name, problem] of WANTED) {
        const wrong = problem(headers[name] ?? '');
        if (wrong !== null) return { status: 'fail', evidence: `${origin} の ${name} は、${wrong}。` };
      }
      const framed =
        /frame-ancestors\s+'(none|self)'/.test(headers['content-security-policy'] ?? '') || headers['x-frame-options'];
      if (!framed)
        return {
          status: 'fail',
          evidence: `${origin} は、よその画面の枠の中に入れられます（frame-ancestors がありません）。`,
        };
    }
    return { status: 'pass', evidence: `${WANTED.length}種類のヘッダーがそろっています。` };
  },
  fix: {
    console:
      'ヘッダーは、ビルドのときに app/frontend/build/headers.ts が _headers に書きます。_headers を消したり、dist の外に置いたりしていないかを見ます。',
    cli: 'curl -sI <画面の URL>',
    cdk: 'Cloudflare は CDK では扱いません。',
  },
  console: null,
  doc: 'chapters/chapter-5/01-cloudflare.md#身を守るヘッダー',
});
