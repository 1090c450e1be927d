import { defineCheck, type Judgement } from '../../check.ts';
import { mainService, services } from '../../find/services.ts';
import { targets } from '../../find/targets.ts';

export default defineCheck({
  title: 'タスクがヘルスチェックに合格し、ロードバランサーから使われている',
  why: 'ここまでの部品が全部つながって、はじめて「正常」になります。「異常」のわけは、AWS が理由の欄に書いています。',
  needs: ['chapter-2/service/load-balancing', 'chapter-2/service/placement'],
  read: async (world) => {
    const service = mainService(await services(world));
    const arn = service?.properties.loadBalancers[0]?.targetGroup;
    return { service, found: arn ? await targets(world, arn) : [] };
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
