import { defineCheck } from '../../check.ts';
import { leftBehind } from '../../judge/left-behind.ts';
import { leftNatGateways } from '../../left/nat-gateways.ts';

export default defineCheck({
  title: 'NAT ゲートウェイが残っていない',
  why: 'NAT ゲートウェイは止められません。1時間ごとに料金がかかり、忘れたときの請求がいちばん大きくなるものの1つです。',
  read: async (world) => ({ found: await leftNatGateways(world), prefix: world.choice.prefix }),
  judge: (facts) => leftBehind('NAT ゲートウェイ', facts),
  fix: {
    console:
      '「VPC」>「NAT ゲートウェイ」で選び、「アクション」>「NAT ゲートウェイを削除」を押します。消え終わってから、Elastic IP を解放します。',
    cli: 'pnpm cleanup',
    cdk: 'pnpm cleanup（一覧を見せて、確認してから消します）',
  },
  console: 'vpcconsole/home#NatGateways:',
  doc: 'chapters/cleanup/01-nothing-left.md#nat-ゲートウェイと-elastic-ip',
});
