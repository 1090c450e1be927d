import { defineCheck, type Judgement, type Resource } from '../../check.ts';
import { type HttpsWay, httpsWay } from '../../find/https-way.ts';
import { loadBalancers, mainLoadBalancer } from '../../find/load-balancers.ts';
import { isAnyone, letsThrough, type SecurityGroup, securityGroups } from '../../find/security-groups.ts';

export default defineCheck({
  title: 'ロードバランサーに、入口を開けたセキュリティグループが付いている',
  why: 'ロードバランサーを作る画面は、はじめに VPC の default グループを選びます。それでは外からの通信がすべて止められ、ブラウザは「応答なし」になります。',
  needs: ['chapter-2/load-balancer/load-balancer'],
  read: async (world) => {
    const [balancers, groups, way] = await Promise.all([loadBalancers(world), securityGroups(world), httpsWay(world)]);
    const balancer = mainLoadBalancer(balancers);
    return { balancer, attached: groups.filter(({ id }) => balancer?.properties.securityGroups.includes(id)), way };
  },
  judge: ({ balancer, attached, way }): Judgement => {
    const labels = attached.map(({ id, name }) => `${id}（${name}）`).join('、');
    const closed = closedPorts(attached, way);
    if (closed.length > 0) {
      return {
        status: 'fail',
        evidence: `${balancer?.id ?? ''} のセキュリティグループ${labels ? ` ${labels} ` : '（なし）'}は、${closed.join('番と')}番への通信を通しません。`,
        resources: attached,
      };
    }
    const byDefault = attached.find(({ properties }) => properties.isDefault);
    if (byDefault) {
      return {
        status: 'fail',
        evidence: `${balancer?.id ?? ''} に、VPC の default グループ ${byDefault.id} も付いています。同じグループを持つほかのものと、すべてのポートで通信できてしまいます。`,
        resources: attached,
      };
    }
    return { status: 'pass', evidence: labels, resources: attached };
  },
  fix: {
    console:
      '「EC2」>「ロードバランサー」で選び、「セキュリティ」タブ >「編集」で ALB 用のセキュリティグループだけを選びます。',
    cli: 'aws elbv2 set-security-groups --load-balancer-arn <ARN> --security-groups <ALB 用セキュリティグループの ID>',
    cdk: 'infra/constructs/load-balancer.ts の securityGroup が、ALB 用のグループを渡しています。',
  },
  console: 'ec2/home#LoadBalancers:',
  doc: 'chapters/chapter-2/06-load-balancer.md#ロードバランサー',
});

/** The ports that visitors, or CloudFront's prefix list, can't reach through these groups. */
function closedPorts(groups: Resource<SecurityGroup>[], way: HttpsWay): number[] {
  const rules = groups.flatMap(({ properties }) => properties.in);
  if (way === 'cloudfront') {
    return rules.some((rule) => letsThrough(rule, 80) && (rule.peer.kind === 'prefix-list' || isAnyone(rule.peer)))
      ? []
      : [80];
  }
  return [80, 443].filter((port) => !rules.some((rule) => letsThrough(rule, port) && isAnyone(rule.peer)));
}
