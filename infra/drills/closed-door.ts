import { EC2 } from '@aws-sdk/client-ec2';
import { groupRoles } from '@blog-aws-practice/checks/find/group-roles.ts';
import { defineDrill } from '../commands/drill/drill.ts';
import { found } from '../commands/drill/found.ts';
import { addressedRules, onPort, replaceRules } from '../commands/drill/group-rules.ts';

export default defineDrill({
  title: '記事だけが出てこない夜',
  story:
    '21時、読者から「画面は開くのに、記事の一覧がいつまでも回っている」と連絡がありました。サーバーのヘルスチェックは緑のままです。さきほど同僚が「データベースの入口を、前の職場と同じにそろえておいた」と言っていました。前の職場は MySQL だったそうです。',
  minutes: 10,
  hints: [
    'ヘルスチェックの /health は、データベースに触れません。では、記事の一覧が触れていて、/health が触れないものは何でしょう。',
    'タスクからデータベースへの道を見ます。「VPC」>「セキュリティグループ」で、データベース用のグループのインバウンドルールを読みます。',
    'データベース用のグループのインバウンドルールを、タスク用のグループからの 5432 に直します（3306 は MySQL の番号です）。',
  ],
  caught: ['chapter-2/security-groups/rds-inbound'],
  prepare: async ({ client, world }) => {
    const { rds } = await groupRoles(world);
    return addressedRules(client(EC2), found(rds, 'データベース用のセキュリティグループ').id);
  },
  break: ({ client }, rules) => replaceRules(client(EC2), rules, onPort(rules, 3306)),
  restore: ({ client }, rules) => replaceRules(client(EC2), onPort(rules, 3306), rules),
});
