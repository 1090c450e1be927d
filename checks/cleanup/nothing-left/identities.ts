import { defineCheck } from '../../check.ts';
import { leftBehind } from '../../judge/left-behind.ts';
import { leftIdentities } from '../../left/identities.ts';

export default defineCheck({
  title: 'この環境の IAM ロールが残っていない',
  why: 'ロールに料金はかかりませんが、使わない権限が残っていると、あとで入り口に使われるおそれがあります。同じ名前で作り直すときにもぶつかります。',
  read: async (world) => ({ found: await leftIdentities(world), prefix: world.choice.prefix }),
  judge: (facts) => leftBehind('IAM ロール', facts),
  fix: {
    console: '「IAM」>「ロール」で選び、「削除」を押します。',
    cli: 'pnpm cleanup',
    cdk: 'pnpm cleanup（一覧を見せて、確認してから消します）',
  },
  console: 'iam/home#/roles',
  doc: 'chapters/cleanup/01-nothing-left.md#ロールと-oidc-プロバイダー',
});
