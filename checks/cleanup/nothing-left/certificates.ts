import { defineCheck } from '../../check.ts';
import { leftBehind } from '../../judge/left-behind.ts';
import { leftCertificates } from '../../left/certificates.ts';

export default defineCheck({
  title: '使い終わった証明書を確かめた',
  why: 'ACM の証明書は無料なので、残っていても料金はかかりません。',
  read: async (world) => ({ found: await leftCertificates(world), prefix: world.choice.prefix }),
  judge: (facts) => leftBehind('消すべき証明書', facts),
  fix: {
    console: '「AWS Certificate Manager」>「証明書を一覧」で、使用中でない証明書を選び、「削除」を押します。',
    cli: 'pnpm cleanup',
    cdk: 'pnpm cleanup（一覧を見せて、確認してから消します）',
  },
  console: 'acm/home#/certificates/list',
  doc: 'chapters/cleanup/01-nothing-left.md#入口',
});
