import { EC2 } from '@aws-sdk/client-ec2';
import { groupRoles } from '@blog-aws-practice/checks/find/group-roles.ts';
import { defineDrill } from '../commands/drill/drill.ts';
import { found } from '../commands/drill/found.ts';
import { addressedRules, onPort, replaceRules } from '../commands/drill/group-rules.ts';

export default defineDrill({
  title: '元気なのに、だれにも会えないタスク',
  story:
    '朝いちばん、ブログが 503 を返しています。タスクのログには「4000番で待っています」と出ていて、エラーは1行もありません。ターゲットグループだけが「異常」だと言い張っています。',
  minutes: 10,
  hints: [
    'サーバーは動いて、待っています。ノックの音が聞こえていないのかもしれません。',
    'ロードバランサーからタスクへの道を見ます。タスク用のセキュリティグループが、何番を、だれから受け入れているかを読みます。',
    'タスク用のグループのインバウンドルールを、ロードバランサー用のグループからの 4000 に直します（80 ではありません）。',
  ],
  caught: ['chapter-2/security-groups/ecs-inbound'],
  prepare: async ({ client, world }) => {
    const { ecs } = await groupRoles(world);
    return addressedRules(client(EC2), found(ecs, 'タスク用のセキュリティグループ').id);
  },
  break: ({ client }, rules) => replaceRules(client(EC2), rules, onPort(rules, 80)),
  restore: ({ client }, rules) => replaceRules(client(EC2), onPort(rules, 80), rules),
});
