import { defineCheck } from '../../check.ts';
import { serverTrial } from '../../find/server-trial.ts';
import type { Answer } from '../../ports/app.ts';

export default defineCheck({
  title: '正しくないトークンを断る',
  why: '署名や期限を確かめないと、誰でも他人になりすませます。黙って「ログインしていない人」として扱うと、期限切れに気づけません。',
  needs: ['chapter-1/server/query'],
  read: async (world) => (await serverTrial(world)).tried,
  judge: (tried) => {
    const tokens = Object.entries(tried?.badTokens ?? {});
    const accepted = tokens.filter(([, answer]) => !refused(answer)).map(([name]) => name);
    if (tokens.length > 0 && accepted.length === 0) {
      return { status: 'pass', evidence: `${tokens.map(([name]) => name).join('、')}を断りました。` };
    }
    return {
      status: 'fail',
      evidence: `トークンが${accepted.join('、')}でも、断らずに答えました。`,
      expected: 'HTTP 401 と、UNAUTHENTICATED のエラー',
    };
  },
  fix: {
    console: 'トークンを確かめる場所を、エディターで開いて直します。',
    cli: 'jose の jwtVerify に issuer、audience、algorithms を渡し、失敗したらエラーとして返します。',
    cdk: 'この段階のサーバーは手元で動かします。',
  },
  console: null,
  doc: 'chapters/chapter-1/03-server.md#トークン',
});

function refused(answer: Answer | null): boolean {
  if (!answer || /"articles":\s*\{/.test(answer.body)) return false;
  return answer.status === 401 || /"UNAUTHENTICATED"/.test(answer.body);
}
