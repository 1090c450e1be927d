import { defineCheck } from '../../check.ts';
import { leftBehind } from '../../judge/left-behind.ts';
import { leftLogGroups } from '../../left/log-groups.ts';

export default defineCheck({
  title: 'ロググループが残っていない',
  why: 'ログは、保持期間を決めていないと、消すまで残って量に応じた料金がかかります。データベースなどが自分で作ったロググループは、スタックを消しても残ります。',
  read: async (world) => ({ found: await leftLogGroups(world), prefix: world.choice.prefix }),
  judge: (facts) => leftBehind('ロググループ', facts),
  fix: {
    console: '「CloudWatch」>「ロググループ」で選び、「アクション」>「ロググループの削除」を押します。',
    cli: 'pnpm cleanup',
    cdk: 'pnpm cleanup（一覧を見せて、確認してから消します）',
  },
  console: 'cloudwatch/home#logsV2:log-groups',
  doc: 'chapters/cleanup/01-nothing-left.md#ログと監視',
});
