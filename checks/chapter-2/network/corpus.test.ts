import { EC2 } from '@aws-sdk/client-ec2';
import type { AwsCredentialIdentity } from '@smithy/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { each } from '../../corpus/each.ts';
import { type Judged, judge, rejudge } from '../../corpus/judged.ts';
import { type Moto, startMoto } from '../../corpus/moto.ts';
import {
  addNat,
  type Built,
  buildNetwork,
  type Deviations,
  moveNat,
  reassociate,
  standIn,
} from '../../corpus/network.ts';
import { sampled, sampledBuilds } from '../../corpus/sampled.ts';
import { close } from '../../corpus/security-groups.ts';
import type { Call } from '../../ports/tape.ts';
import type { Choice } from '../../world.ts';

// The right network, built by plain calls with other names and no tags, then one mistake at a time in an account of its
// own on a real emulator, judged by the real engine. What the emulator can't be in is edited into the recorded calls.

const STEP = 'chapter-2/network';
const ANYWHERE = { DestinationCidrBlock: '0.0.0.0/0' };

interface Scene {
  ec2: EC2;
  built: Built;
  /** The same account in another region. */
  abroad: EC2;
}

interface Case {
  name: string;
  /** Slips that are made while building. */
  building?: Deviations;
  /** What is done to the right network; gives what the message has to name. */
  make?: (scene: Scene) => Promise<string[] | undefined>;
  /** What the message has to name, beside what `make` gives. */
  names?: string[];
  /** Nothing is built but what `make` builds. */
  fromNothing?: true;
  choice?: (scene: Scene) => Promise<Partial<Choice>>;
  /** Makes of the recorded calls a world that the emulator can't be in; undefined leaves an answer as it is. */
  edit?: (call: Call, built: Built) => unknown;
}

interface Mistake extends Case {
  /** The one check that has to name it. */
  caught: string;
  status?: 'fail' | 'pending';
}

const mistakes: Mistake[] = [
  {
    name: 'デフォルト VPC の中に作った',
    caught: 'vpc',
    fromNothing: true,
    make: async ({ ec2 }) => {
      const { Vpcs = [] } = await ec2.describeVpcs({});
      const { Subnets = [] } = await ec2.describeSubnets({});
      await addNat(ec2, Subnets[0]?.SubnetId ?? '');
      return Vpcs.map(({ VpcId }) => VpcId ?? '');
    },
  },
  {
    name: 'コンソールの別のリージョンに作った',
    caught: 'vpc',
    fromNothing: true,
    make: async ({ abroad }) => {
      await buildNetwork(abroad, { region: 'us-east-1' });
      return ['ap-northeast-1', '別のリージョン'];
    },
  },
  {
    name: 'VPC の CIDR を 10.1.0.0/16 にした',
    caught: 'vpc',
    building: {
      vpcCidr: '10.1.0.0/16',
      cidrs: Object.fromEntries([1, 2, 11, 12].map((n) => [`10.0.${n}.0/24`, `10.1.${n}.0/24`])),
    },
    make: async ({ built }) => [built.vpc, '10.1.0.0/16'],
  },
  {
    name: 'VPC の CIDR を 10.0.0.0/24 にした',
    caught: 'vpc',
    fromNothing: true,
    make: async ({ ec2 }) => {
      const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/24' });
      return [Vpc?.VpcId ?? '', '10.0.0.0/24'];
    },
  },
  {
    name: '同じ CIDR の VPC が2つあり、どれか選べない',
    caught: 'vpc',
    make: async ({ ec2, built }) => {
      const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
      return [built.vpc, Vpc?.VpcId ?? ''];
    },
  },
  {
    name: 'VPC のテナンシーを「専有」にした',
    caught: 'vpc',
    building: { tenancy: 'dedicated' },
    make: async ({ built }) => [built.vpc, '専有'],
  },
  {
    name: '--vpc にない ID を指定した',
    caught: 'vpc',
    choice: async () => ({ vpc: 'vpc-0123456789abcdef0', vpcFrom: 'flag' }),
    names: ['vpc-0123456789abcdef0'],
  },
  {
    name: '--vpc にデフォルト VPC を指定した',
    caught: 'vpc',
    choice: async ({ ec2 }) => {
      const { Vpcs = [] } = await ec2.describeVpcs({ Filters: [{ Name: 'is-default', Values: ['true'] }] });
      return { vpc: Vpcs[0]?.VpcId ?? '', vpcFrom: 'flag' };
    },
    names: ['デフォルト VPC'],
  },
  {
    name: 'DNS ホスト名が無効',
    caught: 'dns',
    make: async ({ ec2, built }) => {
      await ec2.modifyVpcAttribute({ VpcId: built.vpc, EnableDnsHostnames: { Value: false } });
      return [built.vpc, '「DNS ホスト名」'];
    },
  },
  {
    name: 'DNS 解決が無効',
    caught: 'dns',
    make: async ({ ec2, built }) => {
      await ec2.modifyVpcAttribute({ VpcId: built.vpc, EnableDnsSupport: { Value: false } });
      return [built.vpc, '「DNS 解決」'];
    },
  },
  {
    name: '10.0.2.0/24 のつもりで 10.0.3.0/24 を作った',
    caught: 'subnets',
    building: { cidrs: { '10.0.2.0/24': '10.0.3.0/24' } },
    make: async ({ built }) => ['10.0.2.0/24', built.publicSubnets[1], '10.0.3.0/24'],
  },
  {
    name: 'プライベートサブネットを1つしか作っていない',
    caught: 'subnets',
    building: { cidrs: { '10.0.12.0/24': null } },
    names: ['10.0.12.0/24'],
  },
  {
    name: 'サブネットを 10.0.11.0/25 にした',
    caught: 'subnets',
    building: { cidrs: { '10.0.11.0/24': '10.0.11.0/25' } },
    make: async ({ built }) => [built.privateSubnets[0], '10.0.11.0/25', '重なる'],
  },
  {
    name: '「VPC など」のウィザードの CIDR のまま作った',
    caught: 'subnets',
    building: {
      cidrs: {
        '10.0.1.0/24': '10.0.0.0/20',
        '10.0.2.0/24': '10.0.16.0/20',
        '10.0.11.0/24': '10.0.128.0/20',
        '10.0.12.0/24': '10.0.144.0/20',
      },
    },
    names: ['10.0.11.0/24', '10.0.128.0/20'],
  },
  {
    name: 'サブネットを別の VPC の中に作った',
    caught: 'subnets',
    building: { cidrs: { '10.0.2.0/24': null } },
    make: async ({ ec2 }) => {
      const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
      const { Subnet } = await ec2.createSubnet({ VpcId: Vpc?.VpcId, CidrBlock: '10.0.2.0/24' });
      return [Subnet?.SubnetId ?? '', Vpc?.VpcId ?? ''];
    },
    choice: async ({ built }) => ({ vpc: built.vpc, vpcFrom: 'saved' }),
  },
  {
    name: 'プライベートサブネットが2つとも同じゾーン',
    caught: 'availability-zones',
    building: { zones: ['a', 'c', 'a', 'a'] },
    make: async ({ built }) => [...built.privateSubnets, 'ap-northeast-1a'],
  },
  {
    name: 'パブリックサブネットが2つとも同じゾーン',
    caught: 'availability-zones',
    building: { zones: ['c', 'c', 'a', 'c'] },
    make: async ({ built }) => [...built.publicSubnets, 'ap-northeast-1c'],
  },
  {
    name: 'プライベートサブネットのゾーンにパブリックサブネットがない',
    caught: 'availability-zones',
    building: { zones: ['a', 'c', 'a', 'd'] },
    make: async ({ built }) => [built.privateSubnets[1], 'ap-northeast-1d'],
  },
  {
    name: 'サブネットを Local Zone に作った',
    caught: 'availability-zones',
    edit: ({ action, output }, built) =>
      action === 'ec2:DescribeSubnets' &&
      each(output, 'Subnets', (subnet) =>
        subnet.SubnetId === built.privateSubnets[1] ? { ...subnet, AvailabilityZone: 'ap-northeast-1-tpe-1a' } : subnet,
      ),
    names: ['Local Zone', 'ap-northeast-1-tpe-1a'],
  },
  {
    name: 'インターネットゲートウェイをアタッチしていない',
    caught: 'internet-gateway',
    make: async ({ ec2, built }) => {
      await ec2.detachInternetGateway({ VpcId: built.vpc, InternetGatewayId: built.gateway });
      return [built.gateway, 'アタッチされていません'];
    },
  },
  {
    name: 'インターネットゲートウェイがない',
    caught: 'internet-gateway',
    make: async ({ ec2, built }) => {
      await ec2.detachInternetGateway({ VpcId: built.vpc, InternetGatewayId: built.gateway });
      await ec2.deleteInternetGateway({ InternetGatewayId: built.gateway });
      return [built.vpc];
    },
  },
  {
    name: 'Egress-Only インターネットゲートウェイを作った',
    caught: 'internet-gateway',
    make: async ({ ec2, built }) => {
      await ec2.detachInternetGateway({ VpcId: built.vpc, InternetGatewayId: built.gateway });
      await ec2.deleteInternetGateway({ InternetGatewayId: built.gateway });
      const { EgressOnlyInternetGateway } = await ec2.createEgressOnlyInternetGateway({ VpcId: built.vpc });
      return [EgressOnlyInternetGateway?.EgressOnlyInternetGatewayId ?? ''];
    },
  },
  {
    name: 'インターネットゲートウェイを別の VPC にアタッチした',
    caught: 'internet-gateway',
    make: async ({ ec2, built }) => {
      await ec2.detachInternetGateway({ VpcId: built.vpc, InternetGatewayId: built.gateway });
      const { Vpc } = await ec2.createVpc({ CidrBlock: '10.9.0.0/16' });
      await ec2.attachInternetGateway({ VpcId: Vpc?.VpcId, InternetGatewayId: built.gateway });
      return [built.vpc, built.gateway, Vpc?.VpcId ?? ''];
    },
  },
  {
    name: 'パブリックサブネットの片方に関連付けがない',
    caught: 'public-routes',
    make: async ({ ec2, built }) => {
      await reassociate(ec2, built.publicSubnets[1], null);
      return [built.publicSubnets[1], built.mainTable, built.publicTable];
    },
  },
  {
    name: 'パブリックのルートを作っていない',
    caught: 'public-routes',
    make: async ({ ec2, built }) => {
      await ec2.deleteRoute({ RouteTableId: built.publicTable, ...ANYWHERE });
      return [...built.publicSubnets, built.publicTable, '0.0.0.0/0'];
    },
  },
  {
    name: 'パブリックサブネットにプライベート用のルートテーブルを付けた',
    caught: 'public-routes',
    make: async ({ ec2, built }) => {
      await reassociate(ec2, built.publicSubnets[1], built.privateTables[1]);
      return [built.publicSubnets[1], built.privateTables[1], built.nat];
    },
  },
  {
    name: 'パブリックのルートの宛先を 0.0.0.0/8 と書いた',
    caught: 'public-routes',
    make: async ({ ec2, built }) => {
      await ec2.deleteRoute({ RouteTableId: built.publicTable, ...ANYWHERE });
      await ec2.createRoute({
        RouteTableId: built.publicTable,
        DestinationCidrBlock: '0.0.0.0/8',
        GatewayId: built.gateway,
      });
      return [built.publicTable, '0.0.0.0/8'];
    },
  },
  {
    name: 'NAT ゲートウェイをプライベートサブネットに置いた',
    caught: 'nat-gateway',
    make: async ({ ec2, built }) => {
      const nat = await moveNat(ec2, built, built.privateSubnets[0]);
      return [nat, built.privateSubnets[0], '10.0.11.0/24'];
    },
  },
  {
    name: 'NAT ゲートウェイを、外へ出られない5つ目のサブネットに置いた',
    caught: 'nat-gateway',
    make: async ({ ec2, built }) => {
      const { Subnet } = await ec2.createSubnet({ VpcId: built.vpc, CidrBlock: '10.0.5.0/24' });
      const subnet = Subnet?.SubnetId ?? '';
      return [await moveNat(ec2, built, subnet), subnet];
    },
  },
  {
    name: 'NAT ゲートウェイをまだ作っていない',
    caught: 'nat-gateway',
    make: async ({ ec2, built }) => {
      for (const RouteTableId of built.privateTables) await ec2.deleteRoute({ RouteTableId, ...ANYWHERE });
      await ec2.deleteNatGateway({ NatGatewayId: built.nat });
      return undefined;
    },
    edit: ({ action }) => action === 'ec2:DescribeNatGateways' && { NatGateways: [] },
    names: ['ありません'],
  },
  {
    name: 'NAT ゲートウェイを消して、ルートがブラックホールになった',
    caught: 'nat-gateway',
    make: async ({ ec2, built }) => {
      await ec2.deleteNatGateway({ NatGatewayId: built.nat });
      return [built.nat, '削除'];
    },
  },
  {
    name: 'NAT ゲートウェイの接続タイプを「プライベート」にした',
    caught: 'nat-gateway',
    edit: ({ action, output }) =>
      action === 'ec2:DescribeNatGateways' &&
      each(output, 'NatGateways', (nat) => ({ ...nat, ConnectivityType: 'private', NatGatewayAddresses: [] })),
    make: async ({ built }) => [built.nat, '「プライベート」'],
  },
  {
    name: 'NAT ゲートウェイの作成に失敗した',
    caught: 'nat-gateway',
    edit: ({ action, output }) =>
      action === 'ec2:DescribeNatGateways' &&
      each(output, 'NatGateways', (nat) => ({
        ...nat,
        State: 'failed',
        FailureCode: 'Resource.AlreadyAssociated',
        FailureMessage: 'Elastic IP address is already associated',
      })),
    make: async ({ built }) => [built.nat, 'Resource.AlreadyAssociated'],
  },
  {
    name: 'NAT ゲートウェイが作成中（間違いではない）',
    caught: 'nat-gateway',
    status: 'pending',
    edit: ({ action, output }) =>
      action === 'ec2:DescribeNatGateways' && each(output, 'NatGateways', (nat) => ({ ...nat, State: 'pending' })),
    make: async ({ built }) => [built.nat, '作成中'],
  },
  {
    name: 'NAT インスタンスの「送信元/送信先チェック」が有効',
    caught: 'nat-gateway',
    make: async ({ ec2, built }) => {
      const { instance } = await standIn(ec2, built);
      await ec2.modifyInstanceAttribute({ InstanceId: instance, SourceDestCheck: { Value: true } });
      return [instance, '送信元/送信先チェック'];
    },
  },
  {
    name: 'NAT インスタンスをプライベートサブネットに置いた',
    caught: 'nat-gateway',
    make: async ({ ec2, built }) => {
      const { instance } = await standIn(ec2, built, built.privateSubnets[0]);
      return [instance, built.privateSubnets[0]];
    },
  },
  {
    name: 'NAT インスタンスを止めた',
    caught: 'nat-gateway',
    make: async ({ ec2, built }) => {
      const { instance } = await standIn(ec2, built);
      await ec2.stopInstances({ InstanceIds: [instance] });
      return [instance, '停止しています'];
    },
  },
  {
    name: 'NAT インスタンスのグループが、プライベートサブネットからの通信を通さない',
    caught: 'nat-gateway',
    make: async ({ ec2, built }) => {
      const { instance, group } = await standIn(ec2, built);
      await close(ec2, group);
      return [instance, group];
    },
  },
  {
    name: '片方のルートを、NAT インスタンスではないものへ向けた',
    caught: 'private-routes',
    make: async ({ ec2, built }) => {
      await standIn(ec2, built);
      const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId: built.publicSubnets[0] });
      const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId ?? '';
      await ec2.replaceRoute({ RouteTableId: built.privateTables[1], ...ANYWHERE, NetworkInterfaceId });
      return [built.privateSubnets[1], NetworkInterfaceId];
    },
  },
  {
    name: 'Elastic IP の上限に達している（間違いではない）',
    caught: 'nat-gateway',
    status: 'pending',
    make: async ({ ec2, built }) => {
      for (const RouteTableId of built.privateTables) await ec2.deleteRoute({ RouteTableId, ...ANYWHERE });
      await ec2.deleteNatGateway({ NatGatewayId: built.nat });
      for (let i = 0; i < 4; i += 1) {
        const { AllocationId } = await ec2.allocateAddress({ Domain: 'vpc' });
        const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId: built.publicSubnets[0] });
        const { NetworkInterfaceId } = NetworkInterface ?? {};
        await ec2.associateAddress({ AllocationId, NetworkInterfaceId });
      }
      return ['上限の5個'];
    },
    edit: ({ action, input }) =>
      action === 'ec2:DescribeNatGateways'
        ? { NatGateways: [] }
        : action === 'servicequotas:GetServiceQuota' && { Quota: { ...(input as object), Value: 5 } },
  },
  {
    name: 'VPC の上限に達している（間違いではない）',
    caught: 'vpc',
    status: 'pending',
    fromNothing: true,
    make: async ({ ec2 }) => {
      for (let i = 1; i < 5; i += 1) await ec2.createVpc({ CidrBlock: `10.${i}.0.0/16` });
      return ['上限の5個'];
    },
  },
  {
    name: 'ゾーンごとに NAT ゲートウェイを作った',
    caught: 'nat-gateway-count',
    make: async ({ ec2, built }) => {
      const { nat } = await addNat(ec2, built.publicSubnets[1]);
      await ec2.replaceRoute({ RouteTableId: built.privateTables[1], ...ANYWHERE, NatGatewayId: nat });
      return [built.nat, nat];
    },
  },
  {
    name: '使っていない NAT ゲートウェイがもう1つある',
    caught: 'nat-gateway-count',
    make: async ({ ec2, built }) => [built.nat, (await addNat(ec2, built.publicSubnets[0])).nat],
  },
  {
    name: 'プライベートのルートが片方にない',
    caught: 'private-routes',
    make: async ({ ec2, built }) => {
      await ec2.deleteRoute({ RouteTableId: built.privateTables[1], ...ANYWHERE });
      return [built.privateSubnets[1], built.privateTables[1], '0.0.0.0/0'];
    },
  },
  {
    name: 'プライベートのルートをインターネットゲートウェイへ向けた',
    caught: 'private-routes',
    make: async ({ ec2, built }) => {
      const RouteTableId = built.privateTables[0];
      await ec2.deleteRoute({ RouteTableId, ...ANYWHERE });
      await ec2.createRoute({ RouteTableId, ...ANYWHERE, GatewayId: built.gateway });
      return [built.privateSubnets[0], RouteTableId, built.gateway];
    },
  },
  {
    name: 'プライベートサブネットにパブリック用のルートテーブルを付けた',
    caught: 'private-routes',
    make: async ({ ec2, built }) => {
      await reassociate(ec2, built.privateSubnets[1], built.publicTable);
      return [built.privateSubnets[1], built.publicTable, built.gateway];
    },
  },
  {
    name: 'プライベートサブネットの関連付けを忘れ、メインルートテーブルが効いている',
    caught: 'private-routes',
    make: async ({ ec2, built }) => {
      await reassociate(ec2, built.privateSubnets[0], null);
      return [built.privateSubnets[0], built.mainTable, built.privateTables[0]];
    },
  },
  {
    name: '作り直した NAT ゲートウェイへルートを向け直していない',
    caught: 'private-routes',
    make: async ({ ec2, built }) => {
      const NatGatewayId = await moveNat(ec2, built, built.publicSubnets[0]);
      await ec2.replaceRoute({ RouteTableId: built.privateTables[0], ...ANYWHERE, NatGatewayId });
      return [built.privateSubnets[1], built.privateTables[1], built.nat, 'ブラックホール'];
    },
  },
  {
    name: 'プライベートのルートがブラックホール（AWS がそう言っている）',
    caught: 'private-routes',
    edit: ({ action, output }, built) =>
      action === 'ec2:DescribeRouteTables' &&
      each(output, 'RouteTables', (table) =>
        table.RouteTableId === built.privateTables[0]
          ? each(table, 'Routes', (route) =>
              route.NatGatewayId ? { ...route, NatGatewayId: 'nat-0deadbeef00000000', State: 'blackhole' } : route,
            )
          : table,
      ),
    make: async ({ built }) => [built.privateSubnets[0], 'nat-0deadbeef00000000', 'ブラックホール'],
  },
  {
    name: 'プライベートのルートを仮想プライベートゲートウェイへ向けた',
    caught: 'private-routes',
    make: async ({ ec2, built }) => {
      const { VpnGateway } = await ec2.createVpnGateway({ Type: 'ipsec.1' });
      const RouteTableId = built.privateTables[0];
      await ec2.deleteRoute({ RouteTableId, ...ANYWHERE });
      await ec2.createRoute({ RouteTableId, ...ANYWHERE, GatewayId: VpnGateway?.VpnGatewayId });
      return [built.privateSubnets[0], VpnGateway?.VpnGatewayId ?? ''];
    },
  },
  {
    name: 'プライベートサブネットに IPv6 の出入り口を開けた',
    caught: 'private-routes',
    make: async ({ ec2, built }) => {
      await ec2.createRoute({
        RouteTableId: built.privateTables[0],
        DestinationIpv6CidrBlock: '::/0',
        GatewayId: built.gateway,
      });
      return [built.privateSubnets[0], '::/0', built.gateway];
    },
  },
  {
    name: 'メインルートテーブルにパブリックのルートを書いた',
    caught: 'main-route-table',
    make: async ({ ec2, built }) => {
      await ec2.createRoute({ RouteTableId: built.mainTable, ...ANYWHERE, GatewayId: built.gateway });
      return [built.mainTable, built.gateway];
    },
  },
  {
    name: '使っていない Elastic IP が残っている',
    caught: 'elastic-ip',
    make: async ({ ec2 }) => {
      const { AllocationId = '', PublicIp = '' } = await ec2.allocateAddress({ Domain: 'vpc' });
      return [AllocationId, PublicIp];
    },
  },
  {
    name: '作り直す前の NAT ゲートウェイの Elastic IP が残っている',
    caught: 'elastic-ip',
    make: async ({ ec2, built }) => {
      await ec2.deleteNatGateway({ NatGatewayId: built.nat });
      const { nat } = await addNat(ec2, built.publicSubnets[0]);
      for (const RouteTableId of built.privateTables) {
        await ec2.replaceRoute({ RouteTableId, ...ANYWHERE, NatGatewayId: nat });
      }
      return [built.allocation];
    },
  },
  {
    name: 'プライベートの ACL がエフェメラルポートの受信を許していない',
    caught: 'network-acl',
    make: async ({ ec2, built }) => {
      const acl = await guard(ec2, built.vpc, built.privateSubnets, [
        { egress: false, from: 443, to: 443 },
        { egress: false, from: 4000, to: 4000 },
        { egress: false, from: 5432, to: 5432 },
        { egress: true, from: 0, to: 65_535 },
      ]);
      return [acl, ...built.privateSubnets, '32768-60999'];
    },
  },
  {
    name: 'パブリックの ACL がエフェメラルポートの受信を許していない',
    caught: 'network-acl',
    make: async ({ ec2, built }) => {
      const acl = await guard(ec2, built.vpc, built.publicSubnets, [
        { egress: false, from: 80, to: 80 },
        { egress: false, from: 443, to: 443 },
        { egress: true, from: 0, to: 65_535 },
      ]);
      return [acl, ...built.publicSubnets, '1024-65535'];
    },
  },
  {
    name: '作ったばかりの（すべてを拒む）ACL を付けた',
    caught: 'network-acl',
    make: async ({ ec2, built }) => [
      await guard(ec2, built.vpc, [built.privateSubnets[0]], []),
      built.privateSubnets[0],
    ],
  },
  {
    name: 'ACL の若い番号のルールが外への HTTPS を拒んでいる',
    caught: 'network-acl',
    make: async ({ ec2, built }) => {
      const acl = await guard(
        ec2,
        built.vpc,
        [built.privateSubnets[1]],
        [
          { egress: true, from: 443, to: 443, deny: true },
          { egress: true, from: 0, to: 65_535 },
          { egress: false, from: 0, to: 65_535 },
        ],
      );
      return [acl, built.privateSubnets[1], 'TCP 443、ルール 10'];
    },
  },
];

const rightBuilds: Case[] = [
  { name: '計画どおり（名前もタグもなし、デフォルト VPC あり）' },
  {
    name: 'プライベートサブネットが1つのルートテーブルを共有する',
    make: async ({ ec2, built }) => {
      await reassociate(ec2, built.privateSubnets[1], built.privateTables[0]);
      await ec2.deleteRouteTable({ RouteTableId: built.privateTables[1] });
      return undefined;
    },
  },
  {
    name: 'パブリックサブネットもゾーンごとにルートテーブルを持つ',
    make: async ({ ec2, built }) => {
      const RouteTableId = (await ec2.createRouteTable({ VpcId: built.vpc })).RouteTable?.RouteTableId ?? '';
      await ec2.createRoute({ RouteTableId, ...ANYWHERE, GatewayId: built.gateway });
      await reassociate(ec2, built.publicSubnets[1], RouteTableId);
      return undefined;
    },
  },
  {
    name: 'NAT ゲートウェイのかわりに NAT インスタンス',
    make: async ({ ec2, built }) => {
      await standIn(ec2, built);
      return undefined;
    },
  },
  {
    name: '3つ目のプライベートサブネットと、3つ目のパブリックサブネットがある',
    make: async ({ ec2, built }) => {
      for (const [CidrBlock, table] of [
        ['10.0.3.0/24', built.publicTable],
        ['10.0.13.0/24', built.privateTables[0]],
      ]) {
        const { Subnet } = await ec2.createSubnet({
          VpcId: built.vpc,
          CidrBlock,
          AvailabilityZone: 'ap-northeast-1d',
        });
        await ec2.associateRouteTable({ RouteTableId: table, SubnetId: Subnet?.SubnetId });
      }
      return undefined;
    },
  },
  {
    name: '関係のないインスタンスがパブリックサブネットにある',
    make: async ({ ec2, built }) => {
      const SubnetId = built.publicSubnets[0];
      await ec2.runInstances({ ImageId: 'ami-0123456789abcdef0', MinCount: 1, MaxCount: 1, SubnetId });
      return undefined;
    },
  },
  {
    name: 'メインルートテーブルをプライベート用に使う',
    make: async ({ ec2, built }) => {
      await ec2.createRoute({ RouteTableId: built.mainTable, ...ANYWHERE, NatGatewayId: built.nat });
      for (const subnet of built.privateSubnets) await reassociate(ec2, subnet, null);
      return undefined;
    },
  },
  {
    name: 'ゾーンの順が逆、または別の組み合わせ',
    building: { zones: ['d', 'a', 'a', 'd'] },
  },
  {
    name: 'NAT ゲートウェイが2つ目のパブリックサブネットにある',
    make: async ({ ec2, built }) => {
      const NatGatewayId = await moveNat(ec2, built, built.publicSubnets[1]);
      for (const RouteTableId of built.privateTables)
        await ec2.replaceRoute({ RouteTableId, ...ANYWHERE, NatGatewayId });
      return undefined;
    },
  },
  {
    name: 'リージョナル NAT ゲートウェイ',
    edit: ({ action, output }) =>
      action === 'ec2:DescribeNatGateways' &&
      each(output, 'NatGateways', (nat) => ({ ...nat, AvailabilityMode: 'regional', SubnetId: undefined })),
  },
  {
    name: 'ウィザードが S3 のエンドポイントとそのルートを足している',
    make: async ({ ec2, built }) => {
      await ec2.createVpcEndpoint({
        VpcId: built.vpc,
        VpcEndpointType: 'Gateway',
        ServiceName: 'com.amazonaws.ap-northeast-1.s3',
        RouteTableIds: built.privateTables,
      });
      return undefined;
    },
    edit: ({ action, output }, built) =>
      action === 'ec2:DescribeRouteTables' &&
      each(output, 'RouteTables', (table) =>
        built.privateTables.includes(String(table.RouteTableId))
          ? {
              ...table,
              Routes: [
                {
                  DestinationPrefixListId: 'pl-61a54008',
                  GatewayId: 'vpce-0abc',
                  Origin: 'CreateRoute',
                  State: 'active',
                },
                ...(Array.isArray(table.Routes) ? table.Routes : []),
              ],
            }
          : table,
      ),
  },
  {
    name: '5つ目のサブネットがある',
    make: async ({ ec2, built }) => {
      await ec2.createSubnet({ VpcId: built.vpc, CidrBlock: '10.0.21.0/24' });
      return undefined;
    },
  },
  {
    name: 'セカンダリ CIDR がある',
    make: async ({ ec2, built }) => {
      await ec2.associateVpcCidrBlock({ VpcId: built.vpc, CidrBlock: '10.1.0.0/16' });
      return undefined;
    },
  },
  {
    name: '正しく絞った ACL がある',
    make: async ({ ec2, built }) => {
      await guard(ec2, built.vpc, built.privateSubnets, [
        { egress: false, from: 4000, to: 4000 },
        { egress: false, from: 5432, to: 5432 },
        { egress: false, from: 32_768, to: 60_999 },
        { egress: true, from: 443, to: 443 },
        { egress: true, from: 1024, to: 65_535 },
      ]);
      return undefined;
    },
  },
  {
    name: 'ACL が特定の相手だけを拒んでいる',
    make: async ({ ec2, built }) => {
      await guard(ec2, built.vpc, built.publicSubnets, [
        { egress: false, from: 0, to: 65_535, deny: true, cidr: '203.0.113.0/24' },
        { egress: false, from: 0, to: 65_535 },
        { egress: true, from: 0, to: 65_535 },
      ]);
      return undefined;
    },
  },
  {
    name: '他の人の環境が隣にあり、--vpc で選んでいる',
    make: async ({ ec2 }) => {
      await buildNetwork(ec2);
      return undefined;
    },
    choice: async ({ built }) => ({ vpc: built.vpc, vpcFrom: 'flag' }),
  },
  {
    name: '他の人の環境が隣にあり、前に選んだ VPC を覚えている',
    make: async ({ ec2 }) => {
      await buildNetwork(ec2);
      return undefined;
    },
    choice: async ({ built }) => ({ vpc: built.vpc, vpcFrom: 'saved' }),
  },
  {
    name: '覚えていた VPC はもうなく、いまあるのは1つだけ',
    choice: async () => ({ vpc: 'vpc-0123456789abcdef0', vpcFrom: 'saved' }),
  },
  {
    name: '他の人の環境が隣にあり、名前のプレフィックスで見分けられる',
    make: async ({ ec2, built }) => {
      await buildNetwork(ec2);
      await ec2.createTags({ Resources: [built.vpc], Tags: [{ Key: 'Name', Value: 'tanaka-blog' }] });
      return undefined;
    },
    choice: async () => ({ prefix: 'tanaka' }),
  },
  {
    name: '別のスタックの、使われていない Elastic IP がある',
    make: async ({ ec2 }) => {
      await ec2.allocateAddress({ Domain: 'vpc' });
      return undefined;
    },
    edit: ({ action, output }, built) =>
      action === 'ec2:DescribeAddresses' &&
      each(output, 'Addresses', (address) =>
        address.AllocationId === built.allocation
          ? address
          : { ...address, Tags: [{ Key: 'aws:cloudformation:stack-name', Value: 'somebody-elses' }] },
      ),
  },
];

const played = sampled(mistakes);
const judgedBuilds = sampledBuilds(rightBuilds);

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
});
afterAll(() => moto.stop());

describe('a mistake is named by its check, and by no other', () => {
  const table: string[] = [];

  test.each(played)('$name → $caught', async (mistake) => {
    const { judged, names } = await play(mistake);
    const { results } = judged;
    const { caught, status = 'fail', name } = mistake;
    const alarms = [...results].filter(([, result]) => result.status !== 'pass' && result.status !== 'blocked');
    // What hangs on a pending part is pending with it.
    const others = alarms.filter(
      ([id, result]) => id !== caught && !(status === 'pending' && result.status === 'pending'),
    );
    expect(others).toEqual([]);
    const said = results.get(caught);
    expect(said?.status).toBe(status);
    for (const word of names) expect(said?.evidence).toContain(word);
    expect(said?.cli).not.toBe('');
    table.push(`✓ ${name} → ${caught}`);
  });

  afterAll(() => {
    console.log(`${table.join('\n')}\n間違い: ${table.length}/${played.length} を名指し`);
  });
});

describe('a right build passes whole', () => {
  let passed = 0;

  test.each(judgedBuilds)('$name', async (build) => {
    const { results } = (await play(build)).judged;
    expect([...results].filter(([, { status }]) => status !== 'pass')).toEqual([]);
    expect(results.size).toBeGreaterThan(8);
    passed += 1;
  });

  afterAll(() => {
    console.log(`正しい構成: ${passed}/${judgedBuilds.length} が合格（誤報 ${judgedBuilds.length - passed}）`);
  });
});

test('before anything is built, every check fails or is blocked', async () => {
  const { judged } = await play({ name: 'nothing', fromNothing: true });
  expect(new Set([...judged.results.values()].map(({ status }) => status))).toEqual(new Set(['fail', 'blocked']));
});

/** Builds, spoils, judges; gives the verdicts and what the message has to name. */
async function play(scenario: Case): Promise<{ judged: Judged; names: string[] }> {
  const credentials = await moto.account();
  const ec2 = client(credentials, 'ap-northeast-1');
  const abroad = client(credentials, 'us-east-1');
  try {
    const built = scenario.fromNothing ? NOTHING : await buildNetwork(ec2, scenario.building);
    const scene = { ec2, abroad, built };
    const names = [...((await scenario.make?.(scene)) ?? []), ...(scenario.names ?? [])];
    expect(names).not.toContain('');
    const choice = (await scenario.choice?.(scene)) ?? {};
    const real = await judge(STEP, { endpoint: moto.endpoint, credentials, choice });
    const { edit } = scenario;
    const judged = edit ? await rejudge(STEP, real.calls, (call) => edit(call, built) || undefined) : real;
    return { judged, names };
  } finally {
    ec2.destroy();
    abroad.destroy();
  }
}

const NOTHING: Built = {
  vpc: '',
  mainTable: '',
  publicSubnets: ['', ''],
  privateSubnets: ['', ''],
  gateway: '',
  publicTable: '',
  privateTables: ['', ''],
  allocation: '',
  nat: '',
};

function client(credentials: AwsCredentialIdentity, region: string): EC2 {
  return new EC2({ endpoint: moto.endpoint, region, credentials });
}

interface AclEntry {
  egress: boolean;
  from: number;
  to: number;
  deny?: true;
  cidr?: string;
}

/** Puts a network ACL of its own with these TCP rules, numbered 10, 20, …, on the subnets. */
async function guard(ec2: EC2, VpcId: string, subnets: string[], entries: AclEntry[]): Promise<string> {
  const NetworkAclId = (await ec2.createNetworkAcl({ VpcId })).NetworkAcl?.NetworkAclId ?? '';
  for (const [index, { egress, from, to, deny, cidr = '0.0.0.0/0' }] of entries.entries()) {
    await ec2.createNetworkAclEntry({
      NetworkAclId,
      Egress: egress,
      RuleNumber: (index + 1) * 10,
      Protocol: '6',
      PortRange: { From: from, To: to },
      CidrBlock: cidr,
      RuleAction: deny ? 'deny' : 'allow',
    });
  }
  const { NetworkAcls = [] } = await ec2.describeNetworkAcls({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }] });
  for (const { NetworkAclAssociationId, SubnetId } of NetworkAcls.flatMap(({ Associations = [] }) => Associations)) {
    if (SubnetId && subnets.includes(SubnetId)) {
      await ec2.replaceNetworkAclAssociation({ AssociationId: NetworkAclAssociationId, NetworkAclId });
    }
  }
  return NetworkAclId;
}
