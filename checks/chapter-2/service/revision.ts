import { defineCheck } from '../../check.ts';
import { mainServiceAndTask } from '../../find/services.ts';
import { taskDefinition } from '../../find/task-definitions.ts';

export default defineCheck({
  title: 'サービスが、いちばん新しいリビジョンのタスク定義を使っている',
  why: 'タスク定義は直すたびに番号の違う新しい版ができ、サービスは自動では乗り換えません。「直したのに直らない」の多くは、これです。',
  needs: ['chapter-2/service/service'],
  read: async (world) => {
    const facts = await mainServiceAndTask(world);
    return facts && { ...facts, newest: await taskDefinition(world, facts.task.properties.family) };
  },
  judge: (facts) => {
    if (!facts) return { status: 'fail', evidence: 'タスク定義がありません。' };
    const { service, task, newest } = facts;
    if (task.properties.revision < newest.properties.revision) {
      return {
        status: 'fail',
        evidence: `サービス ${service.id} は ${task.id} を使っています。いちばん新しいのは ${newest.id} です。`,
        resources: [service, task, newest],
        fix: {
          cli: `aws ecs update-service --cluster ${service.properties.cluster} --service ${service.id} --task-definition ${newest.id}`,
        },
      };
    }
    return { status: 'pass', evidence: task.id, resources: [task] };
  },
  fix: {
    console:
      '「Elastic Container Service」でサービスを開き、「サービスを更新」で「リビジョン」を「最新」にして更新します。わざと前の版に戻しているのなら、新しいリビジョンの登録を解除します。',
    cli: 'aws ecs update-service --cluster <クラスター> --service <サービス> --task-definition <ファミリー>',
    cdk: 'pnpm solve chapter-2 service が、サービスを新しいリビジョンに更新します。',
  },
  console: 'ecs/v2/clusters',
  doc: 'chapters/chapter-2/07-service.md#タスク定義',
});
