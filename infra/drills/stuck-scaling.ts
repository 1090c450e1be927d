import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { scaling } from '@blog-aws-practice/checks/find/scaling.ts';
import { mainService, services } from '@blog-aws-practice/checks/find/services.ts';
import { defineDrill } from '../commands/drill/drill.ts';
import { found } from '../commands/drill/found.ts';

export default defineDrill({
  title: '行列ができても増えないレジ',
  story:
    '記事がテレビで紹介され、アクセスが10倍になりました。CPU は90%に張り付いているのに、タスクは1つのままです。アラームは鳴っています。Auto Scaling の設定は「あります」。',
  minutes: 10,
  hints: [
    'ポリシーは「増やしたい」と言っています。どこまで増やしてよいと、だれが決めているでしょう。',
    'サービスの「サービスの自動スケーリング」で、最小と最大の数を見ます。',
    '最大のタスク数を 4 に戻します（最小は 1）。',
  ],
  caught: ['chapter-2/service/scaling'],
  prepare: async ({ world }) => {
    const service = found(mainService(await services(world)), 'ECS サービス');
    const { min, max } = found(await scaling(world, service), 'Auto Scaling の設定');
    return { resource: `service/${service.properties.cluster}/${service.id}`, min, max };
  },
  break: async ({ client }, { resource, min }) => {
    await bound(client(ApplicationAutoScaling), resource, min, min);
  },
  restore: async ({ client }, { resource, min, max }) => {
    await bound(client(ApplicationAutoScaling), resource, min, max);
  },
});

async function bound(autoScaling: ApplicationAutoScaling, ResourceId: string, min: number, max: number): Promise<void> {
  await autoScaling.registerScalableTarget({
    ServiceNamespace: 'ecs',
    ScalableDimension: 'ecs:service:DesiredCount',
    ResourceId,
    MinCapacity: min,
    MaxCapacity: max,
  });
}
