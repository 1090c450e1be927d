import { defineCheck } from '../../check.ts';
import { mainServiceAndTask } from '../../find/services.ts';
import { servingContainer } from '../../find/task-definitions.ts';

/** The server's peak under load, with room to breathe, in MiB. */
const ENOUGH = 256;

export default defineCheck({
  title: 'コンテナが、動けるだけのメモリを使える',
  why: 'コンテナに小さな上限を付けると、超えた瞬間に OutOfMemoryError で止められます。ログを書く間もないので、わけが見えにくい失敗です。',
  needs: ['chapter-2/service/service'],
  read: mainServiceAndTask,
  judge: (found) => {
    const container = found && servingContainer(found.task);
    if (!found || !container) return { status: 'fail', evidence: 'タスク定義にコンテナがありません。' };
    const { task } = found;
    const limit = Math.min(
      container.memoryMiB ?? Number.POSITIVE_INFINITY,
      task.properties.memoryMiB ?? Number.POSITIVE_INFINITY,
    );
    const resources = [task];
    if (limit < ENOUGH) {
      return {
        status: 'fail',
        evidence: `タスク定義 ${task.id} のコンテナ ${container.name} は、メモリの上限が ${limit} MiB です。`,
        expected: `上限がないか、${ENOUGH} MiB 以上（タスク全体は 512 MiB）`,
        resources,
      };
    }
    const own = container.memoryMiB === null ? 'コンテナの上限なし' : `コンテナの上限 ${container.memoryMiB} MiB`;
    return { status: 'pass', evidence: `${task.id}（${own}）`, resources };
  },
  fix: {
    console:
      '「Elastic Container Service」>「タスク定義」で新しいリビジョンを作り、コンテナの「リソース割り当て制限」の「メモリのハード制限」を空にして、サービスを新しいリビジョンに更新します。',
    cli: 'aws ecs describe-task-definition --task-definition blog-aws-practice-task --query "taskDefinition.containerDefinitions[].memory"',
    cdk: 'pnpm solve chapter-2 service（infra/constructs/task-definition.ts は、コンテナに上限を付けません）',
  },
  console: 'ecs/v2/task-definitions',
  doc: 'chapters/chapter-2/07-service.md#つまずいたら',
});
