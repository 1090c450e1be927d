import { defineCheck, type Resource } from '../../check.ts';
import { aclGaps, type Flow, type Gap } from '../../find/acl-gaps.ts';
import { type NetworkAcl, networkAcls } from '../../find/network-acls.ts';
import { PRIVATE_CIDRS, PUBLIC_CIDRS, type Subnet, subnets, within } from '../../find/subnets.ts';

const ANYWHERE = '0.0.0.0/0';
/** Load balancers and NAT gateways ask from any of these ports, tasks (Linux) from the narrower ones. */
const EPHEMERAL: Flow['ports'] = [1024, 65_535];
const LINUX_EPHEMERAL: Flow['ports'] = [32_768, 60_999];

interface NamedFlow extends Flow {
  /** What the traffic is, as the object of a Japanese sentence. */
  name: string;
}

/** What has to get into and out of a public subnet. */
const PUBLIC_FLOWS: NamedFlow[] = [
  { name: '訪問者からの HTTP の受信', direction: 'in', peer: ANYWHERE, ports: [80, 80] },
  { name: '訪問者からの HTTPS の受信', direction: 'in', peer: ANYWHERE, ports: [443, 443] },
  { name: '外からの応答の受信', direction: 'in', peer: ANYWHERE, ports: EPHEMERAL },
  { name: '外への HTTPS の送信', direction: 'out', peer: ANYWHERE, ports: [443, 443] },
  { name: '訪問者への応答の送信', direction: 'out', peer: ANYWHERE, ports: EPHEMERAL },
  ...PRIVATE_CIDRS.flatMap((peer): NamedFlow[] => [
    { name: 'タスクから外へ出る HTTPS の受信', direction: 'in', peer, ports: [443, 443] },
    { name: 'タスクからの応答の受信', direction: 'in', peer, ports: EPHEMERAL },
    { name: 'タスクへのリクエストの送信', direction: 'out', peer, ports: [4000, 4000] },
    { name: 'タスクへの応答の送信', direction: 'out', peer, ports: LINUX_EPHEMERAL },
  ]),
];

/** What has to get into and out of a private subnet. */
const PRIVATE_FLOWS: NamedFlow[] = [
  { name: '外からの応答の受信', direction: 'in', peer: ANYWHERE, ports: LINUX_EPHEMERAL },
  { name: '外への HTTPS の送信', direction: 'out', peer: ANYWHERE, ports: [443, 443] },
  ...PUBLIC_CIDRS.flatMap((peer): NamedFlow[] => [
    { name: 'ロードバランサーからのリクエストの受信', direction: 'in', peer, ports: [4000, 4000] },
    { name: 'ロードバランサーへの応答の送信', direction: 'out', peer, ports: EPHEMERAL },
  ]),
  ...PRIVATE_CIDRS.flatMap((peer): NamedFlow[] => [
    { name: 'データベースへの接続の受信', direction: 'in', peer, ports: [5432, 5432] },
    { name: 'データベースへの接続の送信', direction: 'out', peer, ports: [5432, 5432] },
    { name: 'データベースからの応答の受信', direction: 'in', peer, ports: LINUX_EPHEMERAL },
    { name: 'データベースからの応答の送信', direction: 'out', peer, ports: LINUX_EPHEMERAL },
  ]),
];

export default defineCheck({
  title: 'ネットワーク ACL が必要な通信を止めていない',
  why: 'ネットワーク ACL は応答も別の通信として見張ります。エフェメラルポート（応答が返る番号の大きなポート）を閉じると、行きは通るのに返事が届かず、原因の分かりにくい時間切れになります。',
  needs: ['chapter-2/network/subnets'],
  read: async (world) => {
    const [all, acls] = await Promise.all([subnets(world), networkAcls(world)]);
    return { publics: within(all, PUBLIC_CIDRS), privates: within(all, PRIVATE_CIDRS), acls };
  },
  judge: ({ publics, privates, acls }) => {
    const stopped = [
      ...publics.map((subnet) => ({ subnet, flows: PUBLIC_FLOWS })),
      ...privates.map((subnet) => ({ subnet, flows: PRIVATE_FLOWS })),
    ].flatMap(({ subnet, flows }) => {
      const acl = acls.find(({ properties }) => properties.subnets.includes(subnet.id));
      const gaps = acl
        ? flows.flatMap((flow) => aclGaps(acl.properties.rules, flow).map((gap) => ({ flow, gap })))
        : [];
      return acl && gaps.length > 0 ? [{ subnet, acl, gaps }] : [];
    });
    const involved = [...new Set(stopped.map(({ acl }) => acl))];
    const [first] = stopped;
    if (!first) {
      const guards = acls.filter(({ properties }) => properties.subnets.length > 0);
      return { status: 'pass', evidence: guards.map(({ id }) => id).join('、'), resources: guards };
    }
    return {
      status: 'fail',
      evidence: stopped.map(sentence).join(''),
      resources: [...involved, ...stopped.map(({ subnet }) => subnet)],
      fix: {
        console: `「VPC」>「ネットワーク ACL」で ${involved.map(({ id }) => id).join('、')} を選び、「インバウンドルール」と「アウトバウンドルール」を、ルール 100 の「すべてのトラフィック 0.0.0.0/0 許可」だけに戻します。アクセスの制限はセキュリティグループで行います。`,
        cli: remedy(
          first.acl,
          first.gaps.map(({ flow }) => flow),
        ),
      },
    };
  },
  fix: {
    console:
      '「VPC」>「ネットワーク ACL」で、サブネットの ACL の「インバウンドルール」と「アウトバウンドルール」を「すべてのトラフィック 0.0.0.0/0 許可」に戻します。',
    cli: 'aws ec2 create-network-acl-entry --network-acl-id <ACL の ID> --ingress --rule-number 90 --protocol tcp --port-range From=1024,To=65535 --cidr-block 0.0.0.0/0 --rule-action allow',
    cdk: 'CDK の Vpc はネットワーク ACL を作らず、すべてを許可する既定のものを使います。',
  },
  console: 'vpcconsole/home#acls:',
  doc: 'chapters/chapter-2/01-network.md#ネットワーク-acl',
});

interface Stopped {
  subnet: Resource<Subnet>;
  acl: Resource<NetworkAcl>;
  gaps: { flow: NamedFlow; gap: Gap }[];
}

function sentence({ subnet, acl, gaps }: Stopped): string {
  const whats = gaps.map(({ flow, gap }) => {
    const [from, to] = gap.ports;
    return `${flow.name}（TCP ${from === to ? from : `${from}-${to}`}、ルール ${gap.rule ?? '*'}）`;
  });
  return `ネットワーク ACL ${acl.id} が、サブネット ${subnet.properties.cidr}（${subnet.id}）で次の通信を止めています: ${[...new Set(whats)].join('、')}。`;
}

/** One command for each direction that is stopped, in front of all other rules. */
function remedy({ id, properties }: Resource<NetworkAcl>, flows: Flow[]): string {
  const free = Math.max(1, Math.min(...properties.rules.map(({ number }) => number)) - 1);
  return [...new Set(flows.map(({ direction }) => direction))]
    .map(
      (direction) =>
        `aws ec2 create-network-acl-entry --network-acl-id ${id} --${direction === 'in' ? 'ingress' : 'egress'} --rule-number ${free} --protocol -1 --cidr-block 0.0.0.0/0 --rule-action allow`,
    )
    .join('\n');
}
