import { defineCheck, type Judgement } from '../../check.ts';
import { database } from '../../find/database-clusters.ts';
import { migrationRuns } from '../../find/migration-runs.ts';
import { readiness } from '../../find/readiness.ts';
import { mainServiceAndTask } from '../../find/services.ts';
import { LookError } from '../../ports/look-error.ts';

export default defineCheck({
  title: 'マイグレーションが済んでいて、サーバーからデータベースを読める',
  why: '新しいデータベースは空です。テーブルがないと、ヘルスチェックは「正常」なのに、記事を読む操作がすべて失敗します。',
  needs: ['chapter-2/service/targets', 'chapter-2/service/logs'],
  read: async (world) => {
    const [facts, ready, cluster] = await Promise.all([mainServiceAndTask(world), readiness(world), database(world)]);
    const runs = facts && ready === null ? await migrationRuns(world, facts) : [];
    if (facts && ready === null && runs.length === 0) throw nothingTells();
    return { facts, ready, runs, pauses: cluster?.properties.capacity?.min === 0 };
  },
  judge: ({ facts, ready, runs, pauses }): Judgement => {
    const resources = facts ? [facts.service, facts.task] : [];
    switch (ready?.state) {
      case 'ready':
        return { status: 'pass', evidence: `${ready.url} が「準備完了」と答えました。`, resources };
      case 'migrations-pending':
        return {
          status: 'fail',
          evidence: `${ready.url} の答えによると、データベースに適用されていないマイグレーションが${ready.missing.length}件あります: ${ready.missing.join('、')}。`,
          resources,
        };
      case 'database-unavailable':
        return pauses
          ? {
              status: 'pending',
              evidence: `${ready.url} は、まだデータベースにつながらないと答えました。自動停止していた Aurora が起きるまで、15〜30秒かかります。`,
              resources,
            }
          : {
              status: 'fail',
              evidence: `${ready.url} は、データベースにつながらないと答えました。通信の道と接続先がほかのチェックで合格なら、シークレットの password が本物と違っています。`,
              expected: 'サーバーがデータベースにつながり、マイグレーションが済んでいる',
              resources,
              fix: {
                console:
                  '「RDS」>「データベース」でクラスターの「変更」を開いて「新しいマスターパスワード」を決め、同じ値を「Secrets Manager」の password に入れます。そのあと、サービスの「新しいデプロイの強制」でタスクを入れ替えます。',
              },
            };
      default:
        break;
    }
    const [last] = runs;
    if (last?.outcome === 'done') {
      return { status: 'pass', evidence: `マイグレーションの記録（${last.id}）: ${last.said}`, resources };
    }
    return {
      status: 'fail',
      evidence: `いちばん新しいマイグレーションの実行（${last?.id ?? ''}）が失敗しています: ${last?.said ?? ''}`,
      resources,
    };
  },
  fix: {
    console:
      '「Elastic Container Service」でクラスターを開き、「タスク」タブ >「新しいタスクの実行」で、同じタスク定義、プライベートサブネット、ECS 用のセキュリティグループを選び、「コンテナの上書き」のコマンドに node,prisma/migrate.js を入れます。終わったら、タスクの「ログ」で結果を読みます。',
    cli: 'aws ecs run-task --cluster <クラスター> --task-definition <ファミリー> --launch-type FARGATE --network-configuration "awsvpcConfiguration={subnets=[<プライベートサブネットの ID>],securityGroups=[<ECS 用グループの ID>]}" --overrides \'{"containerOverrides":[{"name":"blog-aws-practice-server","command":["node","prisma/migrate.js"]}]}\'',
    cdk: 'データベースの中身は CDK では作りません。マイグレーションは、同じタスク定義を1回だけ動かして適用します。',
  },
  console: 'ecs/v2/clusters',
  doc: 'chapters/chapter-2/07-service.md#マイグレーション',
});

/** Not a mistake that we could see: the run may be long ago, and the server may have no public name yet. */
function nothingTells(): LookError {
  const action = 'GET /ready';
  return new LookError({ port: 'http', action, name: 'NothingTells', message: '', code: null, status: null });
}
