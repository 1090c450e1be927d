import { ECS } from '@aws-sdk/client-ecs';
import { mainService, services } from '@blog-aws-practice/checks/find/services.ts';
import { defineDrill } from '../commands/drill/drill.ts';
import { found } from '../commands/drill/found.ts';

export default defineDrill({
  title: '月曜の朝、舞台にだれもいない',
  story:
    '週明け、ブログが 503 です。ロードバランサーには健康なターゲットも、異常なターゲットもありません。止まったタスクの記録もありません。金曜の夜に、だれかが節約のコマンドを打ったようです。',
  minutes: 5,
  hints: [
    'タスクは失敗したのではありません。そもそも、だれも呼んでいないのかもしれません。',
    'サービスの「必要なタスク」の数を見ます。',
    'サービスの「必要なタスク」を 1 に戻します（pnpm pause で止めたものなら pnpm resume）。',
  ],
  caught: ['chapter-2/service/service'],
  prepare: async ({ world }) => {
    const service = found(mainService(await services(world)), 'ECS サービス');
    return {
      cluster: service.properties.cluster,
      service: service.id,
      desired: Math.max(1, service.properties.desired),
    };
  },
  break: async ({ client }, { cluster, service }) => {
    await client(ECS).updateService({ cluster, service, desiredCount: 0 });
  },
  restore: async ({ client }, { cluster, service, desired }) => {
    await client(ECS).updateService({ cluster, service, desiredCount: desired });
  },
});
