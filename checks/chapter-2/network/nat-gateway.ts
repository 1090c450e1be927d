import { defineCheck, type Judgement, type Resource } from '../../check.ts';
import { isAlive, type NatGateway, natGateways } from '../../find/nat-gateways.ts';
import { defaultRoute, effectiveTable, routeTables } from '../../find/route-tables.ts';
import { PRIVATE_CIDRS, PUBLIC_CIDRS, type Subnet, subnets } from '../../find/subnets.ts';

export default defineCheck({
  title: 'NAT ゲートウェイがパブリックサブネットで動いている',
  why: 'プライベートサブネットのタスクは、NAT ゲートウェイを通って外へ出ます。ないと、イメージの取得も、Supabase の公開鍵の取得もできません。',
  needs: ['chapter-2/network/internet-gateway'],
  read: async (world) => {
    const [nats, all, tables] = await Promise.all([natGateways(world), subnets(world), routeTables(world)]);
    return {
      nats: nats.map((nat) => {
        const home = all.find(({ id }) => id === nat.properties.subnet);
        const wayOut = home && defaultRoute(effectiveTable(tables, home.id))?.target;
        return { nat, home, facesInternet: home !== undefined && isPublic(home, wayOut) };
      }),
    };
  },
  judge: ({ nats }) => {
    const judged = nats.filter(({ nat }) => !isGone(nat)).map(judgeOne);
    const gone = nats.find(({ nat }) => isGone(nat))?.nat;
    return (
      judged.find(({ status }) => status === 'pass') ??
      judged.find(({ status }) => status === 'pending') ??
      judged[0] ?? {
        status: 'fail',
        evidence: gone
          ? `この VPC に NAT ゲートウェイがありません。${gone.id} は削除されています。`
          : 'この VPC に NAT ゲートウェイがありません。',
      }
    );
  },
  fix: {
    console:
      '「VPC」>「NAT ゲートウェイ」>「NAT ゲートウェイを作成」で、アベイラビリティーモードに「ゾーン」、サブネットに 10.0.1.0/24、接続タイプに「パブリック」を選び、「Elastic IP を割り当て」を押して作成します。',
    cli: 'aws ec2 allocate-address --domain vpc\naws ec2 create-nat-gateway --subnet-id <10.0.1.0/24 の ID> --allocation-id <eipalloc の ID>',
    cdk: 'pnpm solve chapter-2 network（infra/parameters.ts の natGateways が 1 であること）',
  },
  console: 'vpcconsole/home#NatGateways:',
  doc: 'chapters/chapter-2/01-network.md#nat-ゲートウェイ',
});

interface Placed {
  nat: Resource<NatGateway>;
  home: Resource<Subnet> | undefined;
  facesInternet: boolean;
}

const isGone = ({ properties: { state } }: Resource<NatGateway>) => state === 'deleting' || state === 'deleted';

/** The plan's ranges are judged by what they are meant for (their routes have a check of their own), any other by its route. */
function isPublic({ properties: { cidr } }: Resource<Subnet>, wayOut: string | undefined): boolean {
  if (PUBLIC_CIDRS.includes(cidr)) return true;
  return !PRIVATE_CIDRS.includes(cidr) && (wayOut?.startsWith('igw-') ?? false);
}

function judgeOne({ nat, home, facesInternet }: Placed): Judgement {
  const { id, properties } = nat;
  const resources = home ? [nat, home] : [nat];
  const again = {
    cli: `aws ec2 delete-nat-gateway --nat-gateway-id ${id}\naws ec2 create-nat-gateway --subnet-id <10.0.1.0/24 の ID> --allocation-id <eipalloc の ID>`,
  };
  if (properties.connectivity === 'private') {
    return {
      status: 'fail',
      evidence: `NAT ゲートウェイ ${id} はありますが、接続タイプが「プライベート」のため、インターネットへは出られません。接続タイプは後から変えられません。`,
      resources,
      fix: again,
    };
  }
  if (properties.availability === 'zonal' && home && !facesInternet) {
    return {
      status: 'fail',
      evidence: `NAT ゲートウェイ ${id} はありますが、プライベートサブネット ${home.properties.cidr}（${home.id}）に置かれています。置き場所は後から変えられません。`,
      resources,
      fix: again,
    };
  }
  if (properties.state === 'failed') {
    return {
      status: 'fail',
      evidence: `NAT ゲートウェイ ${id} の作成に失敗しています${properties.failure ? `（${properties.failure}）` : ''}。`,
      resources,
      fix: again,
    };
  }
  const where = properties.availability === 'regional' ? 'リージョナル' : (home?.properties.cidr ?? '');
  if (isAlive(nat) && properties.state === 'pending') {
    return {
      status: 'pending',
      evidence: `NAT ゲートウェイ ${id}（${where}）は作成中です。1〜2分かかります。`,
      resources,
    };
  }
  return { status: 'pass', evidence: `${id}（${where}、available）`, resources };
}
