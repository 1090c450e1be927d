import { defineCheck } from '../../check.ts';
import { mainServiceAndTask } from '../../find/services.ts';
import { servingContainer } from '../../find/task-definitions.ts';

const PORT = 4000;

export default defineCheck({
  title: 'タスク定義が Fargate 用で、コンテナが4000番で待つ',
  why: 'タスク定義はタスクの設計図です。ポートがサーバーと食い違うと、タスクは動いていても、だれも話しかけられません。',
  needs: ['chapter-2/service/service'],
  read: mainServiceAndTask,
  judge: (facts) => {
    if (!facts) return { status: 'fail', evidence: 'タスク定義がありません。' };
    const { task } = facts;
    const { fargate, networkMode, cpu, memoryMiB, architecture, system } = task.properties;
    const resources = [task];
    const container = servingContainer(task);
    if (!fargate) {
      return { status: 'fail', evidence: `${task.id} は Fargate で動かせる設定になっていません。`, resources };
    }
    if (networkMode !== 'awsvpc') {
      return {
        status: 'fail',
        evidence: `${task.id} のネットワークモードが ${networkMode} です。Fargate では awsvpc だけが使えます。`,
        resources,
      };
    }
    if (cpu === null || memoryMiB === null) {
      return { status: 'fail', evidence: `${task.id} に、タスク全体の CPU とメモリが書かれていません。`, resources };
    }
    if (system !== 'LINUX') {
      return {
        status: 'fail',
        evidence: `${task.id} のオペレーティングシステムが ${system} です。イメージは Linux 用です。`,
        resources,
      };
    }
    if (architecture !== 'X86_64') {
      return {
        status: 'fail',
        evidence: `${task.id} の CPU アーキテクチャが ${architecture} です。イメージは linux/amd64（X86_64）用です。`,
        resources,
      };
    }
    if (!container?.ports.includes(PORT)) {
      const ports = container?.ports.join('、') || 'なし';
      return {
        status: 'fail',
        evidence: `${task.id} のコンテナ ${container?.name ?? ''} のポートが ${ports} です。サーバーは ${PORT} で待ちます。`,
        resources,
      };
    }
    return { status: 'pass', evidence: `${task.id}（${cpu / 1024} vCPU、${memoryMiB} MB、${PORT}番）`, resources };
  },
  fix: {
    console:
      '「Elastic Container Service」>「タスク定義」で選び、「新しいリビジョンの作成」で、起動タイプ「AWS Fargate」、Linux/X86_64、CPU .25 vCPU、メモリ .5 GB、コンテナポート 4000 にします。そのあとサービスを新しいリビジョンに更新します。',
    cli: 'aws ecs register-task-definition --cli-input-json file://task-definition.json',
    cdk: 'infra/constructs/task-definition.ts の FargateTaskDefinition と portMappings です。',
  },
  console: 'ecs/v2/task-definitions',
  doc: 'chapters/chapter-2/07-service.md#タスク定義',
});
