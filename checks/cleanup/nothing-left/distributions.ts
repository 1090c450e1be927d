import { defineCheck } from '../../check.ts';
import { leftBehind } from '../../judge/left-behind.ts';
import { leftDistributions } from '../../left/distributions.ts';

export default defineCheck({
  title: 'CloudFront ディストリビューションが残っていない',
  why: 'ディストリビューションは、来た人の数と通信の量に応じて料金がかかります。行き先の ALB が消えても残ります。',
  read: async (world) => ({ found: await leftDistributions(world), prefix: world.choice.prefix }),
  judge: (facts) => leftBehind('CloudFront ディストリビューション', facts),
  fix: {
    console:
      '「CloudFront」>「ディストリビューション」で選び、「無効」にして、デプロイが終わるのを待ってから「削除」を押します。',
    cli: 'pnpm cleanup',
    cdk: 'pnpm cleanup（一覧を見せて、確認してから消します）',
  },
  console: 'cloudfront/v4/home#/distributions',
  doc: 'chapters/cleanup/01-nothing-left.md#入口',
});
