import { defineCheck, type Judgement, type Resource } from '../../check.ts';
import { httpsWay } from '../../find/https-way.ts';
import { forwardsTo, type Listener, listeners } from '../../find/listeners.ts';
import { type TargetGroup, targetGroups } from '../../find/target-groups.ts';

export default defineCheck({
  title: 'HTTPS で受けた通信がターゲットグループへ転送される',
  why: 'ここが、ブラウザとタスクをつなぐ場所です。ブラウザは https のページから http の API を呼べないため、443番と証明書が要ります。',
  needs: ['chapter-2/load-balancer/load-balancer', 'chapter-2/load-balancer/target-group'],
  read: async (world) => {
    const [all, groups, way] = await Promise.all([listeners(world), targetGroups(world), httpsWay(world)]);
    const port = way === 'domain' ? 443 : 80;
    return { listener: all.find(({ properties }) => properties.port === port), all, groups, way };
  },
  judge: ({ listener, all, groups, way }): Judgement => {
    if (!listener) {
      const there = all.map(({ id }) => id).join('、');
      return {
        status: 'fail',
        evidence: `ロードバランサーに 443番のリスナーがありません。${there ? `あるのは ${there} です。` : ''}`,
      };
    }
    const resources = [listener];
    const { protocol, certificate } = listener.properties;
    if (way === 'domain' && protocol !== 'HTTPS') {
      return { status: 'fail', evidence: `443番のリスナーのプロトコルが ${protocol} です。`, resources };
    }
    if (way === 'domain' && certificate === null) {
      return { status: 'fail', evidence: '443番のリスナーに証明書が付いていません。', resources };
    }
    return judgeTargets(listener, groups);
  },
  fix: {
    console:
      '「EC2」>「ロードバランサー」で選び、「リスナーとルール」タブ >「リスナーの追加」で HTTPS:443、アクション「ターゲットグループへ転送」、デフォルトの SSL/TLS 証明書に ACM の証明書を選びます。',
    cli: 'aws elbv2 create-listener --load-balancer-arn <ARN> --protocol HTTPS --port 443 --certificates CertificateArn=<証明書の ARN> --default-actions Type=forward,TargetGroupArn=<ターゲットグループの ARN>',
    cdk: 'pnpm solve chapter-2 load-balancer（infra/constructs/load-balancer.ts の Https リスナーが作ります）',
  },
  console: 'ec2/home#LoadBalancers:',
  doc: 'chapters/chapter-2/06-load-balancer.md#リスナー',
});

function judgeTargets(listener: Resource<Listener>, groups: Resource<TargetGroup>[]): Judgement {
  const arns = forwardsTo(listener);
  const targets = groups.filter(({ arn }) => arn !== null && arns.includes(arn));
  const resources = [listener, ...targets];
  if (arns.length === 0) {
    const unused = groups.map(({ id }) => id).join('、');
    return {
      status: 'fail',
      evidence: `${listener.id} のリスナーは、どのターゲットグループへも転送していません。${unused ? `${unused} は使われていません。` : ''}`,
      resources,
    };
  }
  if (targets.length === 0) {
    return {
      status: 'fail',
      evidence: `${listener.id} のリスナーの転送先が、この VPC のターゲットグループではありません（${arns.map((arn) => arn.split('/').at(-2)).join('、')}）。`,
      resources,
    };
  }
  const weights = [listener.properties.actions, ...listener.properties.rules.map(({ actions }) => actions)]
    .flat()
    .flatMap((action) => (action.kind === 'forward' ? action.targetGroups : []))
    .filter(({ arn }) => targets.some((target) => target.arn === arn));
  if (weights.every(({ weight }) => weight === 0)) {
    return {
      status: 'fail',
      evidence: `${listener.id} のリスナーは ${targets.map(({ id }) => id).join('、')} へ転送しますが、重みが0なので、1つのリクエストも届きません。`,
      resources,
      fix: {
        console:
          '「リスナーとルール」タブでリスナーを選び、「リスナーの編集」でターゲットグループの重みを1以上にします。',
      },
    };
  }
  return { status: 'pass', evidence: `${listener.id} → ${targets.map(({ id }) => id).join('、')}`, resources };
}
