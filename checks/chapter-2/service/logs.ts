import { defineCheck, type Judgement } from '../../check.ts';
import { allows, role } from '../../find/roles.ts';
import { mainServiceAndTask } from '../../find/services.ts';
import { servingContainer } from '../../find/task-definitions.ts';

export default defineCheck({
  title: 'コンテナのログが、実際にある CloudWatch Logs のロググループへ書かれる',
  why: 'タスクが倒れたわけは、ほとんどログの最後の行に書いてあります。書き先のロググループがないと、タスクは起動さえできません。',
  needs: ['chapter-2/service/service'],
  read: async (world) => {
    const facts = await mainServiceAndTask(world);
    const container = facts && servingContainer(facts.task);
    if (!container?.logs) return { facts, container, exists: false, mayCreate: false, here: true };
    const { group, region, creates } = container.logs;
    const here = region === '' || region === world.choice.region;
    const { logGroups = [] } = await world.aws.logs.describeLogGroups({ logGroupNamePrefix: group });
    const { executionRole } = facts?.task.properties ?? {};
    const execution = creates && executionRole ? await role(world, executionRole) : null;
    const arn = `arn:aws:logs:${world.choice.region}:${facts?.task.arn?.split(':')[4] ?? ''}:log-group:${group}`;
    return {
      facts,
      container,
      here,
      exists: logGroups.some(({ logGroupName }) => logGroupName === group),
      mayCreate: execution !== null && allows(execution, 'logs:CreateLogGroup', arn),
    };
  },
  judge: ({ facts, container, exists, mayCreate, here }): Judgement => {
    const resources = facts ? [facts.task] : [];
    if (!container?.logs) {
      return {
        status: 'fail',
        evidence: `コンテナ ${container?.name ?? ''} のログ設定がありません。タスクが倒れても、わけがどこにも残りません。`,
        resources,
      };
    }
    const { group, region, creates } = container.logs;
    if (!here) {
      return {
        status: 'fail',
        evidence: `ロググループ ${group} の書き先が、別のリージョン ${region} です。`,
        resources,
      };
    }
    if (exists) return { status: 'pass', evidence: group, resources };
    if (creates && mayCreate) {
      return { status: 'pass', evidence: `ロググループ ${group} は、はじめのタスクが作ります。`, resources };
    }
    return {
      status: 'fail',
      evidence: creates
        ? `ロググループ ${group} がなく、awslogs-create-group で作る設定ですが、タスク実行ロールに logs:CreateLogGroup の権限がありません。`
        : `ロググループ ${group} がありません。`,
      resources,
      fix: { cli: `aws logs create-log-group --log-group-name ${group}` },
    };
  },
  fix: {
    console:
      '「CloudWatch」>「ロググループ」>「ロググループを作成」で、タスク定義に書いた名前のロググループを作ります。',
    cli: 'aws logs create-log-group --log-group-name /ecs/blog-aws-practice-server',
    cdk: 'infra/constructs/task-definition.ts の LogGroup です。',
  },
  console: 'cloudwatch/home#logsV2:log-groups',
  doc: 'chapters/chapter-2/07-service.md#ログ',
});
