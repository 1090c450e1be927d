import { defineCheck } from '../../check.ts';
import { leftBehind } from '../../judge/left-behind.ts';
import { leftDatabases } from '../../left/databases.ts';

export default defineCheck({
  title: 'Aurora のクラスターとインスタンスが残っていない',
  why: 'データベースのインスタンスは、動いているあいだ料金がかかります。止めておいても、7日たつと AWS が自動で動かします。',
  read: async (world) => ({ found: await leftDatabases(world), prefix: world.choice.prefix }),
  judge: (facts) => leftBehind('データベース', facts),
  fix: {
    console:
      '「Aurora and RDS」>「データベース」でインスタンスを、次にクラスターを選び、「アクション」>「削除」を押します。最終スナップショットと自動バックアップの保持のチェックを外します。',
    cli: 'pnpm cleanup',
    cdk: 'pnpm cleanup（一覧を見せて、確認してから消します）',
  },
  console: 'rds/home#databases:',
  doc: 'chapters/cleanup/01-nothing-left.md#データベースとバックアップ',
});
