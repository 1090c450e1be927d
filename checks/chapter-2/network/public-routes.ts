import { defineCheck, type Resource } from '../../check.ts';
import { internetGateways } from '../../find/internet-gateways.ts';
import { defaultRoute, effectiveTable, type RouteTable, routesInWords, routeTables } from '../../find/route-tables.ts';
import { PUBLIC_CIDRS, type Subnet, subnets, within } from '../../find/subnets.ts';
import { vpcId } from '../../find/vpcs.ts';

export default defineCheck({
  title: 'パブリックサブネットの 0.0.0.0/0 がインターネットゲートウェイへ向いている',
  why: 'サブネットをパブリックにするのは名前ではなく、このルートです。ないと、そこに置いたロードバランサーへ外からつながらず、NAT ゲートウェイも外へ出られません。',
  needs: ['chapter-2/network/subnets', 'chapter-2/network/internet-gateway'],
  read: async (world) => {
    const [all, tables, gateways, vpc] = await Promise.all([
      subnets(world),
      routeTables(world),
      internetGateways(world),
      vpcId(world),
    ]);
    const gateway = gateways.find(({ properties }) => properties.vpc === vpc)?.id ?? '';
    return { publics: within(all, PUBLIC_CIDRS), tables, gateway };
  },
  judge: ({ publics, tables, gateway }) => {
    const wrong = publics.flatMap((subnet) => {
      const table = effectiveTable(tables, subnet.id);
      const route = defaultRoute(table);
      if (route?.target === gateway && !route.blackhole) return [];
      return [{ subnet, table, target: route?.target }];
    });
    if (wrong.length === 0) {
      return { status: 'pass', evidence: `${publics.map(label).join('、')} → ${gateway}`, resources: publics };
    }
    // A table that already leads out is the one the subnet was meant to have.
    const right = tables.find(
      (table) => !table.properties.main && defaultRoute(table)?.target === gateway && !defaultRoute(table)?.blackhole,
    );
    return {
      status: 'fail',
      evidence: wrong.map(({ subnet, table, target }) => seen(subnet, table, target, right)).join(''),
      resources: wrong.flatMap(({ subnet, table }) => (table ? [subnet, table] : [subnet])),
      fix: { cli: wrong.map(({ subnet, table, target }) => command(subnet, table, target, right, gateway)).join('\n') },
    };
  },
  fix: {
    console:
      '「VPC」>「ルートテーブル」でパブリック用の表を選び、「ルート」タブ >「ルートを編集」で 0.0.0.0/0 をインターネットゲートウェイへ向けます。続けて「サブネットの関連付け」タブ >「サブネットの関連付けを編集」で 10.0.1.0/24 と 10.0.2.0/24 を選びます。',
    cli: 'aws ec2 create-route --route-table-id <ルートテーブルの ID> --destination-cidr-block 0.0.0.0/0 --gateway-id <igw の ID>',
    cdk: 'pnpm solve chapter-2 network（SubnetType.PUBLIC のサブネットには、Vpc がこのルートを作ります）',
  },
  console: 'vpcconsole/home#RouteTables:',
  doc: 'chapters/chapter-2/01-network.md#ルートテーブル',
});

/** e.g. `10.0.1.0/24（subnet-0abc）` */
const label = ({ id, properties }: Resource<Subnet>) => `${properties.cidr}（${id}）`;

function seen(
  subnet: Resource<Subnet>,
  table: Resource<RouteTable> | undefined,
  target: string | undefined,
  right: Resource<RouteTable> | undefined,
): string {
  const how = table?.properties.subnets.includes(subnet.id)
    ? `関連付けられたルートテーブル ${table.id}`
    : `どのルートテーブルにも関連付けられていないため使われるメインルートテーブル ${table?.id ?? ''}`;
  const where = target
    ? `で 0.0.0.0/0 が ${target} へ向いています。`
    : `に 0.0.0.0/0 のルートがありません（いまのルート: ${routesInWords(table)}）。`;
  const meant =
    right && right.id !== table?.id ? `インターネットゲートウェイへのルートは ${right.id} にあります。` : '';
  return `パブリックサブネット ${label(subnet)}は、${how} ${where}${meant}`;
}

function command(
  subnet: Resource<Subnet>,
  table: Resource<RouteTable> | undefined,
  target: string | undefined,
  right: Resource<RouteTable> | undefined,
  gateway: string,
): string {
  if (right && right.id !== table?.id) {
    return `aws ec2 associate-route-table --subnet-id ${subnet.id} --route-table-id ${right.id}`;
  }
  const own = table && !table.properties.main ? table.id : '<パブリック用のルートテーブルの ID>';
  return `aws ec2 ${target ? 'replace-route' : 'create-route'} --route-table-id ${own} --destination-cidr-block 0.0.0.0/0 --gateway-id ${gateway}`;
}
