import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { mainServiceAndTask } from '@blog-aws-practice/checks/find/services.ts';
import { servingContainer } from '@blog-aws-practice/checks/find/task-definitions.ts';
import { defineDrill } from '../commands/drill/drill.ts';
import { found } from '../commands/drill/found.ts';

export default defineDrill({
  title: '何も言わずに去っていく',
  story:
    '古いログを片づける作業のあと、新しいタスクが始まりません。わけを読もうとしても、読むはずのログがどこにもありません。動いているタスクも、ある時刻から何も書かなくなりました。',
  minutes: 10,
  hints: [
    'ログを書く先が用意できないと、タスクは始まりません。',
    'タスク定義の「ログ設定」にある名前と、「CloudWatch」>「ロググループ」の一覧を見比べます。',
    'タスク定義が指す名前のロググループを作り直します。',
  ],
  caught: ['chapter-2/service/logs'],
  prepare: async ({ client, world }) => {
    const { task } = found(await mainServiceAndTask(world), 'ECS サービス');
    const group = found(servingContainer(task)?.logs?.group, 'ロググループ');
    const { logGroups = [] } = await client(CloudWatchLogs).describeLogGroups({ logGroupNamePrefix: group });
    const one = found(
      logGroups.find(({ logGroupName }) => logGroupName === group),
      'ロググループ',
    );
    return { group, days: one.retentionInDays ?? null };
  },
  break: async ({ client }, { group }) => {
    await client(CloudWatchLogs).deleteLogGroup({ logGroupName: group });
  },
  restore: async ({ client }, { group, days }) => {
    const logs = client(CloudWatchLogs);
    await logs.createLogGroup({ logGroupName: group }).catch((error: Error) => {
      if (error.name !== 'ResourceAlreadyExistsException') throw error;
    });
    if (days !== null) await logs.putRetentionPolicy({ logGroupName: group, retentionInDays: days });
  },
});
