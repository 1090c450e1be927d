import { defineCheck } from '../../check.ts';
import { allServices, mainService, services } from '../../find/services.ts';

export default defineCheck({
  title: 'Fargate のサービスが、この VPC で1つ以上のタスクを求めている',
  why: 'サービスは、タスクをいつも決めた数だけ動かし続ける係です。タスクが倒れたら、代わりを立てます。',
  needs: ['chapter-2/network/vpc'],
  read: async (world) => {
    const [here, all] = await Promise.all([services(world), allServices(world)]);
    return { service: mainService(here), elsewhere: all.filter(({ id }) => !here.some((one) => one.id === id)) };
  },
  judge: ({ service, elsewhere }) => {
    if (!service) {
      const where = elsewhere.map(({ id, parent }) => `${id}（クラスター ${parent}）`).join('、');
      const hint = where ? `別の VPC には ${where} があります。自分で作ったものなら、VPC の選択を間違えています。` : '';
      return { status: 'fail', evidence: `この VPC に ECS のサービスがありません。${hint}` };
    }
    const { cluster, status, launch, desired } = service.properties;
    const label = `クラスター ${cluster} のサービス ${service.id}`;
    const resources = [service];
    if (status === 'DRAINING') return { status: 'pending', evidence: `${label}は削除している途中です。`, resources };
    if (!launch.startsWith('FARGATE')) {
      return {
        status: 'fail',
        evidence: `${label}の起動タイプが ${launch} です。EC2 のインスタンスを自分で用意しない限り、タスクは動きません。`,
        resources,
      };
    }
    if (desired === 0) {
      return {
        status: 'fail',
        evidence: `${label}の「必要なタスク」が0なので、何も動きません。`,
        expected: '必要なタスクが1以上',
        resources,
        fix: {
          console: `「Elastic Container Service」で ${label}を開き、「サービスを更新」で「必要なタスク」を1にします。pnpm pause で止めたのなら、pnpm resume で元に戻せます。`,
          cli: `aws ecs update-service --cluster ${cluster} --service ${service.id} --desired-count 1`,
        },
      };
    }
    return { status: 'pass', evidence: `${label}（必要なタスク ${desired}）`, resources };
  },
  fix: {
    console:
      '「Elastic Container Service」>「クラスター」で blog-aws-practice-cluster を開き、「サービス」タブ >「作成」で、起動タイプ「FARGATE」、自分の VPC、プライベートサブネットを選びます。作成画面は、はじめにデフォルト VPC を選んでいます。',
    cli: 'aws ecs create-service --cluster blog-aws-practice-cluster --service-name blog-aws-practice-service --launch-type FARGATE --desired-count 1 …（07-service.md にすべてあります）',
    cdk: 'pnpm solve chapter-2 service（infra/constructs/service.ts の FargateService が作ります）',
  },
  console: 'ecs/v2/clusters',
  doc: 'chapters/chapter-2/07-service.md#サービス',
});
