import { type Action, ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { forwardsTo, listeners } from '@blog-aws-practice/checks/find/listeners.ts';
import { defineDrill } from '../commands/drill/drill.ts';
import { found } from '../commands/drill/found.ts';

export default defineDrill({
  title: '裏口が表になっている',
  story:
    '友だちが「http のままでも読めたよ」とスクリーンショットを送ってきました。鍵マークがありません。サインインの通信まで、だれでも読める形で流れているかもしれません。',
  minutes: 10,
  hints: [
    '443番は正しく暗号化されています。でも、入口は1つではありません。',
    '「EC2」>「ロードバランサー」の「リスナーとルール」で、80番のデフォルトアクションを読みます。',
    '80番のリスナーのデフォルトアクションを、HTTPS の 443 への「URL にリダイレクト」（301）に直します。',
  ],
  caught: ['chapter-2/load-balancer/http-listener'],
  prepare: async ({ client, world }) => {
    const all = await listeners(world);
    const plain = found(
      all.find(({ properties }) => properties.port === 80),
      '80番のリスナー',
    );
    const secure = found(
      all.find(({ properties }) => properties.protocol === 'HTTPS'),
      'HTTPS のリスナー',
    );
    const { Listeners = [] } = await client(ElasticLoadBalancingV2).describeListeners({
      ListenerArns: [found(plain.arn, '80番のリスナー')],
    });
    const actions: Action[] = found(Listeners[0]?.DefaultActions, '80番のリスナーの設定');
    return {
      listener: found(plain.arn, '80番のリスナー'),
      targetGroup: found(forwardsTo(secure)[0], '転送先'),
      actions,
    };
  },
  break: async ({ client }, { listener, targetGroup }) => {
    await client(ElasticLoadBalancingV2).modifyListener({
      ListenerArn: listener,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroup }],
    });
  },
  restore: async ({ client }, { listener, actions }) => {
    await client(ElasticLoadBalancingV2).modifyListener({ ListenerArn: listener, DefaultActions: actions });
  },
});
