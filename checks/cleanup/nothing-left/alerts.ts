import { defineCheck } from '../../check.ts';
import { leftBehind } from '../../judge/left-behind.ts';
import { leftAlerts } from '../../left/alerts.ts';

export default defineCheck({
  title: '予算の通知に使う SNS トピックが残っていない',
  why: 'トピックそのものは無料ですが、残っていると、どの予算の通知かわからないメールが届き続けます。',
  read: async (world) => ({ found: await leftAlerts(world), prefix: world.choice.prefix }),
  judge: (facts) => leftBehind('SNS トピック', facts),
  fix: {
    console: '「Simple Notification Service」>「トピック」で選び、「削除」を押します。',
    cli: 'pnpm cleanup',
    cdk: 'pnpm cleanup（一覧を見せて、確認してから消します）',
  },
  console: 'sns/v3/home#/topics',
  doc: 'chapters/cleanup/01-nothing-left.md#記録と予算',
});
