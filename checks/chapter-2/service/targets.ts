import { defineCheck, type Judgement } from '../../check.ts';
import { mainService, services } from '../../find/services.ts';
import { targets } from '../../find/targets.ts';

/** AWS's words for a quota: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html */
const LIMIT = /limit on the number of (vCPUs|tasks)/i;

export default defineCheck({
  title: 'タスクがヘルスチェックに合格し、ロードバランサーから使われている',
  why: 'ここまでの部品が全部つながって、はじめて「正常」になります。「異常」のわけは、AWS が理由の欄に書いています。',
  needs: ['chapter-2/service/load-balancing', 'chapter-2/service/placement'],
  read: async (world) => {
    const service = mainService(await services(world));
    // A blue/green service has two groups, and its tasks are now in one of them, now in the other.
    const groups = service?.properties.loadBalancers.flatMap((one) => [one.targetGroup, ...one.alternates]) ?? [];
    return { service, found: (await Promise.all(groups.map((arn) => targets(world, arn)))).flat() };
  },
  judge: ({ service, found }): Judgement => {
    const resources = service ? [service] : [];
    const label = (one: (typeof found)[number]) => `${one.address}:${one.port}（${one.reason ?? one.state}）`;
    const bad = found.filter(({ state }) => state === 'unhealthy');
    const starting = found.filter(({ state }) => state === 'initial');
    const good = found.filter(({ state }) => state === 'healthy');
    if (bad.length > 0) {
      const said = bad.map((one) => `${label(one)}${one.description ? ` ${one.description}` : ''}`).join('、');
      return { status: 'fail', evidence: `ターゲットが「異常」です: ${said}`, resources };
    }
    if (good.length > 0) return { status: 'pass', evidence: good.map(label).join('、'), resources };
    if (starting.length > 0 || (service?.properties.pending ?? 0) > 0) {
      return {
        status: 'pending',
        evidence: 'タスクが起動して、最初のヘルスチェックを受けているところです。',
        resources,
      };
    }
    const unused = found.filter(({ state }) => state === 'unused');
    if (unused.length > 0) {
      return {
        status: 'fail',
        evidence: `ターゲット ${unused.map(label).join('、')} は登録されていますが、ロードバランサーから使われていません。${unused[0]?.description ?? ''}`,
        resources,
        fix: {
          console:
            'リスナーがこのターゲットグループへ転送しているかと、タスクのいるアベイラビリティーゾーンが、ロードバランサーの「ネットワークマッピング」にあるかを確かめます。',
        },
      };
    }
    const limit = service?.properties.events.find((event) => LIMIT.test(event));
    if (limit) {
      return {
        status: 'pending',
        evidence: `Fargate で同時に使える量の上限に達しているため、タスクを起動できません: ${limit}`,
        resources,
        fix: {
          console:
            '「Service Quotas」で「AWS Fargate」の「Fargate On-Demand vCPU resource count」を見て、小さすぎるときは引き上げを申請します（理由の文の例: "I am learning AWS with a hands-on workbook and run up to 4 tasks of 0.25 vCPU in ap-northeast-1."）。新しいアカウントでは、数時間後に自動で上がることもあります。',
        },
      };
    }
    return {
      status: 'fail',
      evidence: `登録されたターゲットがありません。サービスの最近の出来事: ${service?.properties.events[0] ?? 'まだありません'}`,
      resources,
    };
  },
  fix: {
    console:
      '「EC2」>「ターゲットグループ」の「ターゲット」タブで理由を読み、「Elastic Container Service」のサービスの「イベント」タブと、「ログ」タブの最後の行を確かめます。',
    cli: 'aws elbv2 describe-target-health --target-group-arn <ターゲットグループの ARN>',
    cdk: 'タスクが起動しないわけは、まずこの章のほかのチェックが名指しします。',
  },
  console: 'ec2/home#TargetGroups:',
  doc: 'chapters/chapter-2/07-service.md#つまずいたら',
});
