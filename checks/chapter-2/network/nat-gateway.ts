import { defineCheck, type Judgement, type Resource } from '../../check.ts';
import { elasticIps } from '../../find/elastic-ips.ts';
import { isAlive, type NatGateway, natGateways } from '../../find/nat-gateways.ts';
import { natInstances } from '../../find/nat-instances.ts';
import { askForMore, quota } from '../../find/quotas.ts';
import { defaultRoute, effectiveTable, routeTables } from '../../find/route-tables.ts';
import { securityGroups } from '../../find/security-groups.ts';
import { PRIVATE_CIDRS, PUBLIC_CIDRS, type Subnet, subnets } from '../../find/subnets.ts';
import { judgeNatInstance } from '../../judge/nat-instance.ts';
import type { World } from '../../world.ts';

export default defineCheck({
  title: 'NAT ゲートウェイがパブリックサブネットで動いている',
  why: 'プライベートサブネットのタスクは、NAT ゲートウェイを通って外へ出ます。ないと、イメージの取得も、Supabase の公開鍵の取得もできません。',
  needs: ['chapter-2/network/internet-gateway'],
  read: async (world) => {
    const [nats, instances, all, tables, groups] = await Promise.all([
      natGateways(world),
      natInstances(world),
      subnets(world),
      routeTables(world),
      securityGroups(world),
    ]);
    const placed = (subnet: string | null) => {
      const home = all.find(({ id }) => id === subnet);
      const wayOut = home && defaultRoute(effectiveTable(tables, home.id))?.target;
      return { home, facesInternet: home !== undefined && isPublic(home, wayOut) };
    };
    const none = instances.length === 0 && nats.every(isGone);
    return {
      nats: nats.map((nat) => ({ nat, ...placed(nat.properties.subnet) })),
      instances: instances.map((instance) => ({
        instance,
        ...placed(instance.properties.subnet),
        groups: groups.filter(({ id }) => instance.properties.securityGroups.includes(id)),
      })),
      addresses: none ? await fullOfAddresses(world) : null,
    };
  },
  judge: ({ nats, instances, addresses }): Judgement => {
    const judged = nats.filter(({ nat }) => !isGone(nat)).map(judgeOne);
    const stead = instances.map(judgeNatInstance);
    const gone = nats.find(({ nat }) => isGone(nat))?.nat;
    const best =
      [...judged, ...stead].find(({ status }) => status === 'pass') ??
      [...judged, ...stead].find(({ status }) => status === 'pending') ??
      judged[0] ??
      stead[0];
    if (best) return best;
    if (addresses !== null) {
      return {
        status: 'pending',
        evidence: `この VPC に NAT ゲートウェイがありません。NAT ゲートウェイには Elastic IP が要りますが、上限の${addresses}個をすべて使っています。`,
        fix: {
          console: `使っていない自分の Elastic IP を解放するか、${askForMore('EC2-VPC Elastic IPs', addresses)}`,
        },
      };
    }
    return {
      status: 'fail',
      evidence: gone
        ? `この VPC に NAT ゲートウェイがありません。${gone.id} は削除されています。`
        : 'この VPC に NAT ゲートウェイがありません。',
    };
  },
  fix: {
    console:
      '「VPC」>「NAT ゲートウェイ」>「NAT ゲートウェイを作成」で、アベイラビリティーモードに「ゾーン」、サブネットに 10.0.1.0/24、接続タイプに「パブリック」を選び、「Elastic IP を割り当て」を押して作成します。',
    cli: 'aws ec2 allocate-address --domain vpc\naws ec2 create-nat-gateway --subnet-id <10.0.1.0/24 の ID> --allocation-id <eipalloc の ID>',
    cdk: 'pnpm solve chapter-2 network（infra/parameters.ts の nat が gateway であること）',
  },
  console: 'vpcconsole/home#NatGateways:',
  doc: 'chapters/chapter-2/01-network.md#nat-ゲートウェイ',
});

interface Placed {
  nat: Resource<NatGateway>;
  home: Resource<Subnet> | undefined;
  facesInternet: boolean;
}

/** The account's limit of Elastic IPs, where all of them are in use; else null. */
async function fullOfAddresses(world: World): Promise<number | null> {
  const ips = await elasticIps(world);
  // Nobody has a limit below the five that AWS begins with.
  if (ips.length < 5 || ips.some(({ properties }) => properties.networkInterface === null)) return null;
  const limit = await quota(world, 'elasticIps');
  return limit !== null && ips.length >= limit ? limit : null;
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
