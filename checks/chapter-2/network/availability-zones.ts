import { defineCheck, type Resource } from '../../check.ts';
import { PRIVATE_CIDRS, PUBLIC_CIDRS, type Subnet, subnets, within } from '../../find/subnets.ts';

export default defineCheck({
  title: 'サブネットが2つのアベイラビリティーゾーンに1組ずつ分かれている',
  why: 'ロードバランサーと Aurora は、2つのゾーンにまたがるサブネットを求めます。また、ロードバランサーは自分のサブネットがあるゾーンのタスクにしかリクエストを送りません。',
  needs: ['chapter-2/network/subnets'],
  read: async (world) => {
    const all = await subnets(world);
    return { publics: within(all, PUBLIC_CIDRS), privates: within(all, PRIVATE_CIDRS) };
  },
  judge: ({ publics, privates }) => {
    const [front, back] = [zonesOf(publics), zonesOf(privates)];
    const all = [...publics, ...privates];
    const inLocalZone = all.find(({ properties }) => !/^[a-z]+(-[a-z]+)+-\d[a-z]$/.test(properties.zone));
    if (inLocalZone) {
      return {
        status: 'fail',
        evidence: `サブネット ${label(inLocalZone)}は、アベイラビリティーゾーンではなく Local Zone にあります。`,
        resources: [inLocalZone],
      };
    }
    for (const [kind, zones, group] of [
      ['パブリック', front, publics],
      ['プライベート', back, privates],
    ] as const) {
      if (zones.size === 1) {
        return {
          status: 'fail',
          evidence: `${kind}サブネットが2つとも ${[...zones].join('')} にあります: ${group.map(label).join('、')}。`,
          resources: group,
          fix: redo(group.at(-1), [...front, ...back]),
        };
      }
    }
    const alone = privates.find(({ properties }) => !front.has(properties.zone));
    if (alone) {
      return {
        status: 'fail',
        evidence: `プライベートサブネット ${label(alone)}のゾーンに、パブリックサブネットがありません。パブリックサブネットは ${[...front].join(' と ')} にあります。`,
        resources: [alone],
        fix: redo(alone, [...front], back),
      };
    }
    return { status: 'pass', evidence: `${[...front].join(' と ')} に分かれています。`, resources: all };
  },
  fix: {
    console:
      'サブネットのゾーンは後から変えられません。「VPC」>「サブネット」で片方を削除し、同じ CIDR でもう一方のゾーンに作り直します。',
    cli: 'aws ec2 delete-subnet --subnet-id <サブネットの ID>\naws ec2 create-subnet --vpc-id <VPC の ID> --cidr-block <同じ CIDR> --availability-zone ap-northeast-1c',
    cdk: 'infra/parameters.ts の availabilityZones に、違う2つのゾーンの文字を並べます（はじめは a と c）。',
  },
  console: 'vpcconsole/home#subnets:',
  doc: 'chapters/chapter-2/01-network.md#サブネット',
});

const zonesOf = (group: Resource<Subnet>[]) => new Set(group.map(({ properties }) => properties.zone));

/** e.g. `10.0.11.0/24（subnet-0abc、ap-northeast-1a）` */
function label({ id, properties: { cidr, zone } }: Resource<Subnet>): string {
  return `${cidr}（${id}、${zone}）`;
}

/** The commands that put a subnet into the zone that it should be in. */
function redo(subnet: Resource<Subnet> | undefined, zones: string[], taken = new Set([subnet?.properties.zone])) {
  if (!subnet) return {};
  const region = subnet.properties.zone.slice(0, -1);
  const free = [...zones, `${region}a`, `${region}c`].find((zone) => !taken.has(zone)) ?? `${region}c`;
  return {
    cli: `aws ec2 delete-subnet --subnet-id ${subnet.id}\naws ec2 create-subnet --vpc-id ${subnet.parent} --cidr-block ${subnet.properties.cidr} --availability-zone ${free}`,
  };
}
