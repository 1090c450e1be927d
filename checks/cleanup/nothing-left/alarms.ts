import { defineCheck } from '../../check.ts';
import { leftBehind } from '../../judge/left-behind.ts';
import { leftAlarms } from '../../left/alarms.ts';

export default defineCheck({
  title: 'アラームとダッシュボードが残っていない',
  why: 'アラームは1つごとに月の料金がかかり、消えたものを見張り続けます。',
  read: async (world) => ({ found: await leftAlarms(world), prefix: world.choice.prefix }),
  judge: (facts) => leftBehind('アラームとダッシュボード', facts),
  fix: {
    console:
      '「CloudWatch」>「すべてのアラーム」で選び、「アクション」>「削除」を押します。「ダッシュボード」も同じように削除します。',
    cli: 'pnpm cleanup',
    cdk: 'pnpm cleanup（一覧を見せて、確認してから消します）',
  },
  console: 'cloudwatch/home#alarmsV2:',
  doc: 'chapters/cleanup/01-nothing-left.md#ログと監視',
});
