import { defineCheck } from '../../check.ts';
import { leftBehind } from '../../judge/left-behind.ts';
import { leftRepositories } from '../../left/repositories.ts';

export default defineCheck({
  title: 'ECR リポジトリとイメージが残っていない',
  why: 'リポジトリの中のイメージは、量に応じて料金がかかります。',
  read: async (world) => ({ found: await leftRepositories(world), prefix: world.choice.prefix }),
  judge: (facts) => leftBehind('ECR リポジトリ', facts),
  fix: {
    console: '「Elastic Container Registry」>「リポジトリ」で選び、「削除」を押します。中のイメージも一緒に消えます。',
    cli: 'pnpm cleanup',
    cdk: 'pnpm cleanup（一覧を見せて、確認してから消します）',
  },
  console: 'ecr/private-registry/repositories',
  doc: 'chapters/cleanup/01-nothing-left.md#コンテナとイメージ',
});
