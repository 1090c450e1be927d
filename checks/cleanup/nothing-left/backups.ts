import { defineCheck } from '../../check.ts';
import { leftBehind } from '../../judge/left-behind.ts';
import { leftBackups } from '../../left/backups.ts';

export default defineCheck({
  title: 'スナップショットも、保持された自動バックアップも残っていない',
  why: 'データベースを消すときの既定では、最後のスナップショットが残ります。スナップショットは、消すまで量に応じて料金がかかります。',
  read: async (world) => ({ found: await leftBackups(world), prefix: world.choice.prefix }),
  judge: (facts) => leftBehind('スナップショットと自動バックアップ', facts),
  fix: {
    console:
      '「Aurora and RDS」>「スナップショット」で選び、「アクション」>「スナップショットの削除」を押します。「自動バックアップ」の「保持」タブも見ます。',
    cli: 'pnpm cleanup',
    cdk: 'pnpm cleanup（一覧を見せて、確認してから消します）',
  },
  console: 'rds/home#snapshots-list:',
  doc: 'chapters/cleanup/01-nothing-left.md#データベースとバックアップ',
});
