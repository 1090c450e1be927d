import { defineCheck, type Resource } from '../../check.ts';
import { isAlive, natGateways } from '../../find/nat-gateways.ts';
import { doorsOf, natInstances } from '../../find/nat-instances.ts';
import { defaultRoute, effectiveTable, type RouteTable, routesInWords, routeTables } from '../../find/route-tables.ts';
import { PRIVATE_CIDRS, type Subnet, subnets, within } from '../../find/subnets.ts';

export default defineCheck({
  title: 'プライベートサブネットの 0.0.0.0/0 が NAT ゲートウェイへ向いている',
  why: 'このルートがないと、タスクはイメージもシークレットも取りに行けません。インターネットゲートウェイへ向けてしまうと、タスクとデータベースが外に面してしまいます。',
  needs: ['chapter-2/network/subnets', 'chapter-2/network/nat-gateway'],
  read: async (world) => {
    const [all, tables, nats, instances] = await Promise.all([
      subnets(world),
      routeTables(world),
      natGateways(world),
      natInstances(world),
    ]);
    const usable = nats.filter((nat) => isAlive(nat) && nat.properties.connectivity === 'public');
    const doors = instances.filter(({ properties }) => !properties.checksDestination).flatMap(doorsOf);
    return { privates: within(all, PRIVATE_CIDRS), tables, nats: [...usable.map(({ id }) => id), ...doors] };
  },
  judge: ({ privates, tables, nats }) => {
    const judged = privates.map((subnet) => {
      const table = effectiveTable(tables, subnet.id);
      return { subnet, table, problem: problemOf(table, nats) };
    });
    const wrong = judged.flatMap(({ problem, ...rest }) => (problem ? [{ problem, ...rest }] : []));
    if (wrong.length === 0) {
      const ways = judged.map(({ subnet, table }) => `${label(subnet)}→ ${defaultRoute(table)?.target}`);
      return { status: 'pass', evidence: ways.join('、'), resources: privates };
    }
    // A table that already leads to the NAT gateway is the one that the subnet was meant to have.
    const rightOnes = tables.filter((table) => problemOf(table, nats) === null);
    const right = rightOnes.find(({ properties }) => properties.subnets.length === 0) ?? rightOnes[0];
    return {
      status: 'fail',
      evidence: wrong.map(({ subnet, table, problem }) => seen(subnet, table, problem, right)).join(''),
      resources: wrong.flatMap(({ subnet, table }) => (table ? [subnet, table] : [subnet])),
      fix: {
        cli: wrong.map(({ subnet, table }) => command(subnet, table, right, nats[0] ?? '<nat の ID>')).join('\n'),
      },
    };
  },
  fix: {
    console:
      '「VPC」>「ルートテーブル」でプライベート用の表を選び、「ルート」タブ >「ルートを編集」で 0.0.0.0/0 を NAT ゲートウェイへ向けます。続けて「サブネットの関連付け」タブ >「サブネットの関連付けを編集」で、その表を使うプライベートサブネットを選びます。',
    cli: 'aws ec2 create-route --route-table-id <ルートテーブルの ID> --destination-cidr-block 0.0.0.0/0 --nat-gateway-id <nat の ID>',
    cdk: 'pnpm solve chapter-2 network（SubnetType.PRIVATE_WITH_EGRESS のサブネットには、Vpc がこのルートを作ります）',
  },
  console: 'vpcconsole/home#RouteTables:',
  doc: 'chapters/chapter-2/01-network.md#ルートテーブル',
});

/** What is wrong with a table as a private subnet's, as the end of a sentence; null where nothing is. */
function problemOf(table: Resource<RouteTable> | undefined, nats: string[]): string | null {
  const open = table?.properties.routes.find(({ target }) => target.startsWith('igw-'));
  if (open) {
    return `で ${open.destination} がインターネットゲートウェイ ${open.target} へ向いているため、外から直接届くパブリックサブネットになっています。`;
  }
  const route = defaultRoute(table);
  if (!route) return `に 0.0.0.0/0 のルートがありません（いまのルート: ${routesInWords(table)}）。`;
  if (nats.includes(route.target) && !route.blackhole) return null;
  if (route.blackhole || route.target.startsWith('nat-')) {
    return `の 0.0.0.0/0 は ${route.target} へ向いていますが、その先はもうありません（ブラックホール）。`;
  }
  return `で 0.0.0.0/0 が、NAT ゲートウェイではない ${route.target} へ向いています。`;
}

/** e.g. `10.0.11.0/24（subnet-0abc）` */
const label = ({ id, properties }: Resource<Subnet>) => `${properties.cidr}（${id}）`;

function seen(
  subnet: Resource<Subnet>,
  table: Resource<RouteTable> | undefined,
  problem: string,
  right: Resource<RouteTable> | undefined,
): string {
  const how = table?.properties.subnets.includes(subnet.id)
    ? `関連付けられたルートテーブル ${table.id}`
    : `どのルートテーブルにも関連付けられていないため使われるメインルートテーブル ${table?.id ?? ''}`;
  const meant =
    right && right.properties.subnets.length === 0
      ? `NAT ゲートウェイへのルートがある ${right.id} は、どのサブネットにも関連付けられていません。`
      : '';
  return `プライベートサブネット ${label(subnet)}は、${how} ${problem}${meant}`;
}

function command(
  subnet: Resource<Subnet>,
  table: Resource<RouteTable> | undefined,
  right: Resource<RouteTable> | undefined,
  nat: string,
): string {
  const explicit = table?.properties.subnets.includes(subnet.id) ?? false;
  const sharedWithPublic = table?.properties.routes.some(({ target }) => target.startsWith('igw-')) ?? false;
  if (right && (!explicit || sharedWithPublic)) {
    return `aws ec2 associate-route-table --subnet-id ${subnet.id} --route-table-id ${right.id}`;
  }
  const verb = defaultRoute(table) ? 'replace-route' : 'create-route';
  const own = explicit && table ? table.id : '<プライベート用のルートテーブルの ID>';
  return `aws ec2 ${verb} --route-table-id ${own} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id ${nat}`;
}
