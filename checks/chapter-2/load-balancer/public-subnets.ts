import { defineCheck } from '../../check.ts';
import { loadBalancers, mainLoadBalancer } from '../../find/load-balancers.ts';
import { defaultRoute, effectiveTable, routeTables } from '../../find/route-tables.ts';
import { subnets } from '../../find/subnets.ts';

export default defineCheck({
  title: 'ロードバランサーが2つのパブリックサブネットにある',
  why: 'プライベートサブネットに置くと、外からの通信がロードバランサーまで届いたり届かなかったりします。片方のアベイラビリティーゾーンが止まっても受けられるように、2つ要ります。',
  needs: ['chapter-2/load-balancer/load-balancer', 'chapter-2/network/public-routes'],
  read: async (world) => {
    const [balancers, all, tables] = await Promise.all([loadBalancers(world), subnets(world), routeTables(world)]);
    const balancer = mainLoadBalancer(balancers);
    const own = all.filter(({ id }) => balancer?.properties.subnets.includes(id));
    return {
      balancer,
      own: own.map((subnet) => ({
        subnet,
        open: defaultRoute(effectiveTable(tables, subnet.id))?.target.startsWith('igw-') ?? false,
      })),
    };
  },
  judge: ({ balancer, own }) => {
    const resources = own.map(({ subnet }) => subnet);
    const closed = own.filter(({ open }) => !open).map(({ subnet }) => `${subnet.properties.cidr}（${subnet.id}）`);
    if (closed.length > 0) {
      return {
        status: 'fail',
        evidence: `${balancer?.id ?? ''} が、インターネットゲートウェイへのルートがないプライベートサブネット ${closed.join('、')} に置かれています。`,
        resources,
      };
    }
    const zones = new Set(own.map(({ subnet }) => subnet.properties.zone));
    if (zones.size < 2) {
      return {
        status: 'fail',
        evidence: `${balancer?.id ?? ''} は ${[...zones].join('、')} だけにあります。`,
        resources,
      };
    }
    return {
      status: 'pass',
      evidence: resources.map(({ id, properties }) => `${properties.cidr}（${id}、${properties.zone}）`).join('、'),
      resources,
    };
  },
  fix: {
    console:
      '「EC2」>「ロードバランサー」で選び、「ネットワークマッピング」タブ >「サブネットの編集」で、パブリックサブネットを2つのゾーンから選びます。',
    cli: 'aws elbv2 set-subnets --load-balancer-arn <ARN> --subnets <パブリックサブネット2つの ID>',
    cdk: 'infra/constructs/load-balancer.ts の vpcSubnets が、パブリックサブネットを渡しています。',
  },
  console: 'ec2/home#LoadBalancers:',
  doc: 'chapters/chapter-2/06-load-balancer.md#ロードバランサー',
});
