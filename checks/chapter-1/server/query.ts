import { defineCheck } from '../../check.ts';
import { serverTrial } from '../../find/server-trial.ts';
import type { Answer } from '../../ports/app.ts';

export default defineCheck({
  title: '記事の一覧を、読むだけの人にもログイン中の人にも返す',
  why: 'Worker から Express に移しても、ページから見える答えは変わらないはずです。ここが崩れるとブログは何も表示できません。',
  needs: ['chapter-1/server/health'],
  read: async (world) => (await serverTrial(world)).tried,
  judge: (tried) => {
    const visitor = problem(tried?.query ?? null);
    if (visitor)
      return { status: 'fail', evidence: `トークンなしの問い合わせに、${visitor}`, expected: '200 と記事の一覧' };
    const signedIn = problem(tried?.signedIn ?? null);
    if (signedIn) {
      return {
        status: 'fail',
        evidence: `正しく署名されたトークンの付いた問い合わせに、${signedIn}`,
        expected: '200 と記事の一覧',
        fix: { cli: 'SUPABASE_URL の /auth/v1/.well-known/jwks.json の鍵で、ES256 の署名を確かめるようにします。' },
      };
    }
    return { status: 'pass', evidence: 'トークンなしでも、正しいトークンでも、記事の一覧が返りました。' };
  },
  fix: {
    console: 'ブラウザの開発者ツールで、/graphql への問い合わせと答えを見ます。',
    cli: 'curl -s localhost:4000/graphql -H \'content-type: application/json\' -d \'{"query":"{ articles(first: 1) { nodes { title } } }"}\'',
    cdk: 'この段階のサーバーは手元で動かします。',
  },
  console: null,
  doc: 'chapters/chapter-1/03-server.md#express',
});

/** What is wrong with an answer to the list of articles; null for nothing. */
function problem(answer: Answer | null): string | null {
  if (!answer) return '答えませんでした。';
  if (answer.status !== 200) return `HTTP ${answer.status} を返しました（${answer.body.slice(0, 120)}）。`;
  return /"data":\s*\{\s*"articles":\s*\{/.test(answer.body) && !/"errors":\s*\[/.test(answer.body)
    ? null
    : `記事の一覧ではない答え（${answer.body.slice(0, 120)}）を返しました。`;
}
