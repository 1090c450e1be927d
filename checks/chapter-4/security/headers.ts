import { defineCheck, type Judgement } from '../../check.ts';
import { askApi, NO_ADDRESS } from '../../find/api-address.ts';

/** What an API's answers carry (https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html#security-headers). */
const NEEDED: Record<string, { is: RegExp; expected: string }> = {
  'x-content-type-options': { is: /^nosniff$/i, expected: 'nosniff' },
  'strict-transport-security': { is: /max-age=(?!0\b)\d{5,}/i, expected: 'max-age=31536000' },
  'content-security-policy': { is: /frame-ancestors 'none'/i, expected: "frame-ancestors 'none'" },
  'cache-control': { is: /no-store/i, expected: 'no-store' },
};

export default defineCheck({
  title: '答えに、ブラウザへの守りの指示（ヘッダー）が付いている',
  why: '中身の推測、枠への埋め込み、http への後戻り、共有キャッシュへの保存は、どれもヘッダー1行で止められます。',
  needs: ['chapter-4/frontend-env/answers'],
  read: (world) =>
    askApi(
      world,
      async (graphql) => (await world.http.query(graphql, '{ articles(first: 1) { nodes { id } } }')).headers,
    ),
  judge: (headers): Judgement => {
    if (!headers) return NO_ADDRESS;
    const lacking = Object.entries(NEEDED).filter(([name, { is }]) => !is.test(headers[name] ?? ''));
    if (lacking.length > 0) {
      return {
        status: 'fail',
        evidence: `${lacking.map(([name]) => `${name}: ${headers[name] ?? '（なし）'}`).join('、')} です。`,
        expected: lacking.map(([name, { expected }]) => `${name}: ${expected}`).join('、'),
      };
    }
    // "Express", or a server's name with its version, tells which known holes to try.
    const talkative = ['x-powered-by', 'server'].filter((name) =>
      name === 'server' ? /\/\d/.test(headers[name] ?? '') : headers[name] !== undefined,
    );
    if (talkative.length > 0) {
      return {
        status: 'fail',
        evidence: `${talkative.map((name) => `${name}: ${headers[name]}`).join('、')} と、使っているものの名前を教えています。`,
        expected: '名前や版を教えるヘッダーがない',
      };
    }
    return { status: 'pass', evidence: `${Object.keys(NEEDED).join('、')} が付いています。` };
  },
  fix: {
    console: 'サーバーの側でヘッダーを付け、新しいイメージを公開します。',
    cli: 'curl -si https://api.example.com/graphql -H "Content-Type: application/json" -d \'{"query":"{ __typename }"}\'',
    cdk: '直すのは app/server/src/http/security-headers.ts です。CDK では直せません。',
  },
  console: null,
  doc: 'chapters/chapter-4/05-security.md#ヘッダー',
});
