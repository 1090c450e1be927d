import { IAM } from '@aws-sdk/client-iam';
import { mainServiceAndTask } from '@blog-aws-practice/checks/find/services.ts';
import { defineDrill } from '../commands/drill/drill.ts';
import { found } from '../commands/drill/found.ts';

export default defineDrill({
  title: '名刺を受け取ってもらえない',
  story:
    '権限の見直しのあと、新しいタスクが始まる前に止まります。停止理由には「ロールを引き受けられない」とあります。ロールに付いている権限は、昨日と同じです。',
  minutes: 10,
  hints: [
    'ロールには2つの面があります。何をしてよいかと、だれが使ってよいかです。',
    '「IAM」>「ロール」でタスク実行ロールを開き、「信頼関係」タブを読みます。',
    'タスク実行ロールの信頼ポリシーのプリンシパルを ecs-tasks.amazonaws.com に戻します。',
  ],
  caught: ['chapter-2/service/execution-role'],
  prepare: async ({ client, world }) => {
    const { task } = found(await mainServiceAndTask(world), 'ECS サービス');
    const role = found(task.properties.executionRole?.split('/').at(-1), 'タスク実行ロール');
    const { Role } = await client(IAM).getRole({ RoleName: role });
    return { role, trust: decodeURIComponent(found(Role?.AssumeRolePolicyDocument, '信頼ポリシー')) };
  },
  break: async ({ client }, { role, trust }) => {
    await client(IAM).updateAssumeRolePolicy({
      RoleName: role,
      PolicyDocument: trust.replaceAll('ecs-tasks.amazonaws.com', 'ec2.amazonaws.com'),
    });
  },
  restore: async ({ client }, { role, trust }) => {
    await client(IAM).updateAssumeRolePolicy({ RoleName: role, PolicyDocument: trust });
  },
});
