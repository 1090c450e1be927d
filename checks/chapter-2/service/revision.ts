import { defineCheck, type Judgement } from '../../check.ts';
import { mainServiceAndTask, type Service } from '../../find/services.ts';
import { taskDefinition } from '../../find/task-definitions.ts';

export default defineCheck({
  title: 'サービスが、いちばん新しいリビジョンのタスク定義を使っている',
  why: 'タスク定義は直すたびに番号の違う新しい版ができ、サービスは自動では乗り換えません。「直したのに直らない」の多くは、これです。',
  needs: ['chapter-2/service/service'],
  read: async (world) => {
    const facts = await mainServiceAndTask(world);
    return facts && { ...facts, newest: await taskDefinition(world, facts.task.properties.family) };
  },
  judge: (facts): Judgement => {
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
    const going = changing(service.properties, `サービス ${service.id} は ${task.id} `);
    return { ...(going ?? { status: 'pass', evidence: task.id }), resources: [service, task] };
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

/** What there is to say while an older revision still runs beside the newest; null where none does. */
function changing({ deployments }: Service, subject: string): Judgement | null {
  const next = deployments.find(({ status }) => status === 'PRIMARY');
  const old = deployments.find(({ status, running }) => status === 'ACTIVE' && running > 0);
  if (!next || !old || old.taskDefinition === next.taskDefinition) return null;
  const before = old.taskDefinition.split('/').at(-1) ?? '';
  if (next.failed > 0 || next.rollout === 'FAILED') {
    return {
      status: 'fail',
      evidence: `${subject}に移れず、まだ ${before} が動いています。新しいタスクの起動に${next.failed}回失敗しました。${next.reason ?? ''}`,
      expected: '新しいリビジョンのタスクだけが動いている',
      fix: {
        console:
          '「Elastic Container Service」でサービスを開き、「タスク」タブで「停止済み」のタスクの「停止理由」と、「ログ」タブの最後の行を読みます。前のリビジョンが動いているので、あわてて消さなくて大丈夫です。',
      },
    };
  }
  return { status: 'pending', evidence: `${subject}への入れ替えの途中で、まだ ${before} も動いています。` };
}
