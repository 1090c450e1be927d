import { EC2 } from '@aws-sdk/client-ec2';
import { defaultRoute, effectiveTable, routeTables } from '@blog-aws-practice/checks/find/route-tables.ts';
import { PRIVATE_CIDRS, subnets } from '@blog-aws-practice/checks/find/subnets.ts';
import { defineDrill } from '../commands/drill/drill.ts';
import { found } from '../commands/drill/found.ts';

export default defineDrill({
  title: '外の声が聞こえない部屋',
  story:
    'ブログは読めるのに、サインインした人だけが「いまサインインを確かめられません」と言われます。さらに、入れ替わったタスクから順に起動しなくなってきました。昨日、ネットワークの棚卸しがありました。',
  minutes: 15,
  hints: [
    'サインインの確認には、Supabase の公開鍵が要ります。イメージの取得にも、シークレットにも、外への道が要ります。',
    'プライベートサブネットのルートテーブルを開き、0.0.0.0/0 の行を探します。',
    'プライベートサブネットのルートテーブルに、0.0.0.0/0 → NAT ゲートウェイのルートを足します。',
  ],
  caught: ['chapter-2/network/private-routes'],
  prepare: async ({ world }) => {
    const [all, tables] = await Promise.all([subnets(world), routeTables(world)]);
    const homes = all.filter(({ properties }) => PRIVATE_CIDRS.includes(properties.cidr));
    const ways = new Map(
      homes.flatMap(({ id }) => {
        const table = effectiveTable(tables, id);
        const nat = defaultRoute(table)?.target;
        return table && nat?.startsWith('nat-') ? [[table.id, nat] as const] : [];
      }),
    );
    const routes = [...ways].map(([table, nat]) => ({ table, nat }));
    found(routes[0], '、NAT ゲートウェイへのルート');
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
    for (const { table, nat } of routes) {
      await ec2
        .createRoute({ RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: nat })
        .catch((error: Error) => {
          if (error.name !== 'RouteAlreadyExists') throw error;
        });
    }
  },
});
