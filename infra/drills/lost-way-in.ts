import { EC2 } from '@aws-sdk/client-ec2';
import { defaultRoute, effectiveTable, routeTables } from '@blog-aws-practice/checks/find/route-tables.ts';
import { PUBLIC_CIDRS, subnets } from '@blog-aws-practice/checks/find/subnets.ts';
import { defineDrill } from '../commands/drill/drill.ts';
import { found } from '../commands/drill/found.ts';

export default defineDrill({
  title: 'だれも来ない開店日',
  story:
    'ブラウザは「応答時間が長すぎます」と言ったきりです。ロードバランサーもタスクもデータベースも、画面ではすべて元気に見えます。アクセスログは、ある時刻からぱったり途切れています。',
  minutes: 10,
  hints: [
    'すべて元気なのに、だれも着きません。道のいちばん手前から疑ってみましょう。',
    'ロードバランサーのいるサブネットが、インターネットとどうつながっているかを見ます。「ルートテーブル」です。',
    'パブリックサブネットのルートテーブルに、0.0.0.0/0 → インターネットゲートウェイのルートを足します。',
  ],
  caught: ['chapter-2/network/public-routes'],
  prepare: async ({ world }) => {
    const [all, tables] = await Promise.all([subnets(world), routeTables(world)]);
    const homes = all.filter(({ properties }) => PUBLIC_CIDRS.includes(properties.cidr));
    const ways = new Map(
      homes.flatMap(({ id }) => {
        const table = effectiveTable(tables, id);
        const gateway = defaultRoute(table)?.target;
        return table && gateway?.startsWith('igw-') ? [[table.id, gateway] as const] : [];
      }),
    );
    const routes = [...ways].map(([table, gateway]) => ({ table, gateway }));
    found(routes[0], '、インターネットゲートウェイへのルート');
    return { routes };
  },
  break: async ({ client }, { routes }) => {
    const ec2 = client(EC2);
    for (const { table } of routes) {
      await ec2.deleteRoute({ RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0' });
    }
  },
  restore: async ({ client }, { routes }) => {
    const ec2 = client(EC2);
    for (const { table, gateway } of routes) {
      await ec2
        .createRoute({ RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway })
        .catch((error: Error) => {
          if (error.name !== 'RouteAlreadyExists') throw error;
        });
    }
  },
});
