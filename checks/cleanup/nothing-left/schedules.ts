import { defineCheck } from '../../check.ts';
import { leftBehind } from '../../judge/left-behind.ts';
import { leftSchedules } from '../../left/schedules.ts';

export default defineCheck({
  title: 'スケジュールが残っていない',
  why: '止める・始めるためのスケジュールが残っていると、作り直した環境を、知らない時刻に止めたり動かしたりします。',
  read: async (world) => ({ found: await leftSchedules(world), prefix: world.choice.prefix }),
  judge: (facts) => leftBehind('スケジュール', facts),
  fix: {
    console: '「Amazon EventBridge」>「スケジュール」で選び、「削除」を押します。',
    cli: 'pnpm cleanup',
    cdk: 'pnpm cleanup（一覧を見せて、確認してから消します）',
  },
  console: 'scheduler/home#schedules',
  doc: 'chapters/cleanup/01-nothing-left.md#ログと監視',
});
