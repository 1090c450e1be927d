import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { mainService, services } from '@blog-aws-practice/checks/find/services.ts';
import { targetGroups } from '@blog-aws-practice/checks/find/target-groups.ts';
import { defineDrill } from '../commands/drill/drill.ts';
import { found } from '../commands/drill/found.ts';

export default defineDrill({
  title: '何度も生まれ変わるタスク',
  story:
    'タスクが起動しては数分で止められ、また起動しています。ログを見ると、サーバーは毎回きちんと待ち受けを始めています。止めているのは、サーバー自身ではないようです。',
  minutes: 10,
  hints: [
    'サーバーに「元気ですか」と聞いている人がいます。その聞き方は、サーバーの知っている聞き方でしょうか。',
    '「EC2」>「ターゲットグループ」の「ヘルスチェック」タブと、「ターゲット」タブの理由を見比べます。',
    'ターゲットグループのヘルスチェックのパスを /health に直します。',
  ],
  caught: ['chapter-2/load-balancer/target-group'],
  prepare: async ({ world }) => {
    const [all, groups] = await Promise.all([services(world), targetGroups(world)]);
    const arn = found(mainService(all)?.properties.loadBalancers[0]?.targetGroup, 'ターゲットグループ');
    const group = found(
      groups.find((one) => one.arn === arn),
      'ターゲットグループ',
    );
    return { arn, path: group.properties.health.path ?? '/health' };
  },
  break: async ({ client }, { arn }) => {
    await client(ElasticLoadBalancingV2).modifyTargetGroup({ TargetGroupArn: arn, HealthCheckPath: '/healthz' });
  },
  restore: async ({ client }, { arn, path }) => {
    await client(ElasticLoadBalancingV2).modifyTargetGroup({ TargetGroupArn: arn, HealthCheckPath: path });
  },
});
