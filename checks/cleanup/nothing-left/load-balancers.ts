import { defineCheck } from '../../check.ts';
import { leftBehind } from '../../judge/left-behind.ts';
import { leftLoadBalancers } from '../../left/load-balancers.ts';

export default defineCheck({
  title: 'ロードバランサーとターゲットグループが残っていない',
  why: 'ALB は止められず、だれも来なくても1時間ごとに、IP アドレスの分とあわせて料金がかかります。',
  read: async (world) => ({ found: await leftLoadBalancers(world), prefix: world.choice.prefix }),
  judge: (facts) => leftBehind('ロードバランサーとターゲットグループ', facts),
  fix: {
    console: '「EC2」>「ロードバランサー」で削除し、そのあとで「ターゲットグループ」を削除します。',
    cli: 'pnpm cleanup',
    cdk: 'pnpm cleanup（一覧を見せて、確認してから消します）',
  },
  console: 'ec2/home#LoadBalancers:',
  doc: 'chapters/cleanup/01-nothing-left.md#ロードバランサー',
});
