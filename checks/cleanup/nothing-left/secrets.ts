import { defineCheck } from '../../check.ts';
import { leftBehind } from '../../judge/left-behind.ts';
import { leftSecrets } from '../../left/secrets.ts';

export default defineCheck({
  title: 'シークレットが残っていない',
  why: 'シークレットは、1つごとに月の料金がかかります。削除を待っているあいだは無料ですが、同じ名前では作り直せません。',
  read: async (world) => ({ found: await leftSecrets(world), prefix: world.choice.prefix }),
  judge: (facts) => leftBehind('シークレット', facts),
  fix: {
    console: '「AWS Secrets Manager」>「シークレット」で開き、「アクション」>「シークレットを削除する」を押します。',
    cli: 'pnpm cleanup',
    cdk: 'pnpm cleanup（一覧を見せて、確認してから消します）',
  },
  console: 'secretsmanager/listsecrets',
  doc: 'chapters/cleanup/01-nothing-left.md#シークレット',
});
