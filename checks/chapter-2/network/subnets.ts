import { defineCheck, type Resource } from '../../check.ts';
import { overlaps } from '../../find/cidr.ts';
import { type Subnet, subnets, subnetsElsewhere } from '../../find/subnets.ts';

/** The plan's ranges and the zone that the page puts each into. */
const EXPECTED = [
  { cidr: '10.0.1.0/24', kind: 'パブリック', zone: 'a' },
  { cidr: '10.0.2.0/24', kind: 'パブリック', zone: 'c' },
  { cidr: '10.0.11.0/24', kind: 'プライベート', zone: 'a' },
  { cidr: '10.0.12.0/24', kind: 'プライベート', zone: 'c' },
];
const CIDRS = EXPECTED.map(({ cidr }) => cidr);

export default defineCheck({
  title: 'パブリックとプライベートのサブネットが2つずつある',
  why: 'ロードバランサーはパブリックサブネットに、タスクとデータベースはプライベートサブネットに置きます。どちらも2つのゾーンが要るため、2つずつ作ります。',
  needs: ['chapter-2/network/vpc'],
  read: async (world) => {
    const [here, elsewhere] = await Promise.all([subnets(world), subnetsElsewhere(world, CIDRS)]);
    return { here, elsewhere, region: world.choice.region };
  },
  judge: ({ here, elsewhere, region }) => {
    const planned = here.filter(({ properties }) => CIDRS.includes(properties.cidr));
    const missing = EXPECTED.filter(({ cidr }) => !planned.some(({ properties }) => properties.cidr === cidr));
    if (missing.length === 0) {
      const making = planned.find(({ properties }) => properties.state === 'pending');
      return making
        ? { status: 'pending', evidence: `サブネット ${label(making)}は作成中です。`, resources: planned }
        : { status: 'pass', evidence: planned.map(label).join('、'), resources: planned };
    }
    const strays = here.filter(({ properties }) => !CIDRS.includes(properties.cidr));
    const inTheWay = strays.filter(({ properties }) => missing.some(({ cidr }) => overlaps(cidr, properties.cidr)));
    const misplaced = elsewhere.filter(({ properties }) => missing.some(({ cidr }) => cidr === properties.cidr));
    const evidence = [
      `${missing.map(({ cidr, kind }) => `${kind}サブネット ${cidr}`).join('、')} がありません。`,
      ...strays.map((stray) => `計画にないサブネット ${label(stray)}があります。`),
      ...inTheWay.map(({ id }) => `${id} は範囲が重なるため、削除するまで正しいサブネットを作れません。`),
      ...misplaced.map((one) => `${label(one)}は、別の VPC ${one.parent} にあります。`),
    ];
    const vpc = here[0]?.parent ?? '<VPC の ID>';
    return {
      status: 'fail',
      evidence: evidence.join(''),
      resources: [...planned, ...strays, ...misplaced],
      fix: {
        cli: [
          ...strays.map(({ id }) => `aws ec2 delete-subnet --subnet-id ${id}`),
          ...missing.map(
            ({ cidr, zone }) =>
              `aws ec2 create-subnet --vpc-id ${vpc} --cidr-block ${cidr} --availability-zone ${region}${zone}`,
          ),
        ].join('\n'),
      },
    };
  },
  fix: {
    console:
      '「VPC」>「サブネット」>「サブネットを作成」で自分の VPC を選び、足りない CIDR のサブネットを作ります。CIDR は後から変えられないため、間違えたサブネットは削除して作り直します。',
    cli: 'aws ec2 create-subnet --vpc-id <VPC の ID> --cidr-block 10.0.1.0/24 --availability-zone ap-northeast-1a',
    cdk: 'pnpm solve chapter-2 network（CIDR は infra/blueprint.ts、ゾーンは infra/parameters.ts にあります）',
  },
  console: 'vpcconsole/home#subnets:',
  doc: 'chapters/chapter-2/01-network.md#サブネット',
});

/** e.g. `10.0.1.0/24（subnet-0abc、ap-northeast-1a）` */
function label({ id, properties: { cidr, zone } }: Resource<Subnet>): string {
  return `${cidr}（${id}、${zone}）`;
}
