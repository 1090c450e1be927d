import { defineCheck, type Judgement } from '../../check.ts';
import { mainServiceAndTask } from '../../find/services.ts';
import { targetGroups } from '../../find/target-groups.ts';

export default defineCheck({
  title: 'サービスが、ロードバランサーの使うターゲットグループにタスクを登録する',
  why: 'ここがつながっていないと、タスクは元気でも、お客さんが1人も案内されません。サービスを作るときに選び忘れやすいところです。',
  needs: ['chapter-2/service/service', 'chapter-2/load-balancer/target-group'],
  read: async (world) => {
    const [facts, groups] = await Promise.all([mainServiceAndTask(world), targetGroups(world)]);
    return { facts, groups };
  },
  judge: ({ facts, groups }): Judgement => {
    if (!facts) return { status: 'fail', evidence: 'サービスがありません。' };
    const { service, task } = facts;
    const fail = (evidence: string): Judgement => ({ status: 'fail', evidence, resources: [service, ...groups] });
    const [first] = service.properties.loadBalancers;
    if (!first) return fail(`サービス ${service.id} に、ロードバランサーが設定されていません。`);
    const group = groups.find(({ arn }) => arn === first.targetGroup);
    if (!group) {
      return fail(
        `サービス ${service.id} の登録先 ${first.targetGroup.split('/').at(-2) ?? ''} は、この VPC のターゲットグループではありません。`,
      );
    }
    if (group.properties.loadBalancers.length === 0) {
      return fail(`サービス ${service.id} の登録先 ${group.id} は、どのリスナーからも使われていません。`);
    }
    const container = task.properties.containers.find(({ name }) => name === first.container);
    if (!container) {
      return fail(
        `サービス ${service.id} はコンテナ ${first.container} を登録しようとしていますが、${task.id} にあるのは ${task.properties.containers.map(({ name }) => name).join('、')} です。`,
      );
    }
    if (first.port === null || !container.ports.includes(first.port)) {
      return fail(
        `サービス ${service.id} は${first.port ?? ''}番を登録しようとしていますが、コンテナ ${container.name} のポートは ${container.ports.join('、') || 'なし'} です。`,
      );
    }
    return {
      status: 'pass',
      evidence: `${first.container}:${first.port} → ${group.id}`,
      resources: [service, group],
    };
  },
  fix: {
    console:
      '「Elastic Container Service」でサービスを開き、「サービスを更新」の「ロードバランシング」で、コンテナ（4000番）と既存のターゲットグループを選びます。',
    cli: 'aws ecs update-service --cluster <クラスター> --service <サービス> --load-balancers targetGroupArn=<ターゲットグループの ARN>,containerName=blog-aws-practice-server,containerPort=4000',
    cdk: 'infra/constructs/service.ts の targetGroup.addTarget(…) です。',
  },
  console: 'ecs/v2/clusters',
  doc: 'chapters/chapter-2/07-service.md#サービス',
});
