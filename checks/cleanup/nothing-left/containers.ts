import { defineCheck } from '../../check.ts';
import { leftBehind } from '../../judge/left-behind.ts';
import { leftContainers } from '../../left/containers.ts';

export default defineCheck({
  title: 'ECS のサービスとクラスターが残っていない',
  why: 'サービスは、タスクを消してもまた立ち上げます。タスクが動いているあいだは料金がかかります。',
  read: async (world) => ({ found: await leftContainers(world), prefix: world.choice.prefix }),
  judge: (facts) => leftBehind('ECS のサービス、クラスター、タスク定義', facts),
  fix: {
    console:
      '「Elastic Container Service」でクラスターを開き、サービスを削除してから、「クラスターの削除」を押します。タスク定義は「登録解除」します。',
    cli: 'pnpm cleanup',
    cdk: 'pnpm cleanup（一覧を見せて、確認してから消します）',
  },
  console: 'ecs/v2/clusters',
  doc: 'chapters/cleanup/01-nothing-left.md#コンテナとイメージ',
});
