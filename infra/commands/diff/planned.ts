import type { Assembly } from '../solve/assembly.ts';
import { ACTIONS, type Entry, entries, GROUPS } from './sheet.ts';

type Properties = Record<string, unknown>;
type Rule = { IpProtocol?: string; FromPort?: number; ToPort?: number; CidrIp?: string } & Properties;

/** What the CDK would build, read from its template: nothing here is written down a second time. */
export function planned({ resources }: Assembly): Entry[] {
  const all = Object.entries(resources);
  const ofType = (type: string) =>
    all.flatMap(([id, { Type, Properties = {} }]) => (Type === type ? [{ id, p: Properties }] : []));
  const one = (type: string) => ofType(type)[0]?.p;
  return [
    ...network(ofType),
    ...groups(ofType),
    ...database(one),
    ...registry(one('AWS::ECR::Repository')),
    ...balancing(ofType),
    ...service(one),
  ];
}

type OfType = (type: string) => { id: string; p: Properties }[];
type One = (type: string) => Properties | undefined;

const refOf = (value: unknown): string | undefined => {
  const { Ref, 'Fn::GetAtt': attribute } = (value ?? {}) as { Ref?: string; 'Fn::GetAtt'?: string[] };
  return Ref ?? attribute?.[0];
};

function network(ofType: OfType): Entry[] {
  const [vpc] = ofType('AWS::EC2::VPC');
  if (!vpc) return [];
  const routes = ofType('AWS::EC2::Route').map(({ p }) => p);
  const associations = ofType('AWS::EC2::SubnetRouteTableAssociation').map(({ p }) => p);
  const wayOf = (subnet: string) => {
    const table = refOf(associations.find(({ SubnetId }) => refOf(SubnetId) === subnet)?.['RouteTableId']);
    const route = routes.find(({ RouteTableId }) => refOf(RouteTableId) === table);
    if (!route) return 'どこへも行かない';
    if (route['GatewayId']) return 'インターネットゲートウェイ';
    return route['InstanceId'] ? 'NAT インスタンス' : 'NAT ゲートウェイ';
  };
  const subnets = ofType('AWS::EC2::Subnet').flatMap(({ id, p }) =>
    entries('network', `サブネット ${String(p['CidrBlock'])}`, {
      アベイラビリティーゾーン: p['AvailabilityZone'],
      '0.0.0.0/0 の行き先': wayOf(id),
    }),
  );
  const { CidrBlock, EnableDnsSupport, EnableDnsHostnames, InstanceTenancy } = vpc.p;
  return [
    ...entries('network', 'VPC', {
      CIDR: CidrBlock,
      'DNS 解決': EnableDnsSupport,
      'DNS ホスト名': EnableDnsHostnames,
      テナンシー: InstanceTenancy,
    }),
    ...subnets,
    ...entries('network', 'NAT', {
      'NAT ゲートウェイの数': ofType('AWS::EC2::NatGateway').length,
      'NAT インスタンスの数': ofType('AWS::EC2::Instance').length,
      'ルートテーブルの数（メイン以外）': ofType('AWS::EC2::RouteTable').length,
    }),
  ];
}

function groups(ofType: OfType): Entry[] {
  const all = ofType('AWS::EC2::SecurityGroup').map(({ id, p }) => ({ id, p, role: roleOf(String(p['GroupName'])) }));
  const labelOf = (id: string | undefined) => all.find((group) => group.id === id)?.role ?? id ?? '';
  const loose = ofType('AWS::EC2::SecurityGroupIngress').map(({ p }) => p);
  return all.flatMap(({ id, p, role }) => {
    if (role === null) return [];
    const own = [
      ...((p['SecurityGroupIngress'] ?? []) as Rule[]),
      ...(loose.filter(({ GroupId }) => refOf(GroupId) === id) as Rule[]),
    ];
    const inbound = own.map((rule) => {
      const { SourcePrefixListId: list } = rule;
      const from =
        rule.CidrIp ?? (typeof list === 'string' ? list : null) ?? labelOf(refOf(rule['SourceSecurityGroupId']));
      return `${(rule.IpProtocol ?? '').toUpperCase()} ${rule.FromPort} ← ${from}`;
    });
    return entries('security-groups', `${role}のグループ`, { インバウンドルール: inbound });
  });
}

const roleOf = (name: string) => GROUPS[name.split('-').at(-1) as keyof typeof GROUPS] ?? null;

function database(one: One): Entry[] {
  const cluster = one('AWS::RDS::DBCluster');
  if (!cluster) return [];
  const { Parameters = {} } = (one('AWS::RDS::DBClusterParameterGroup') ?? {}) as { Parameters?: Properties };
  return entries('database', 'Aurora クラスター', {
    エンジン: cluster['Engine'],
    バージョン: cluster['EngineVersion'],
    最初のデータベース名: cluster['DatabaseName'],
    マスターユーザー名: cluster['MasterUsername'],
    暗号化: cluster['StorageEncrypted'] === true,
    バックアップの保持期間: `${String(cluster['BackupRetentionPeriod'])}日`,
    削除保護: cluster['DeletionProtection'] === true,
    インスタンスクラス: one('AWS::RDS::DBInstance')?.['DBInstanceClass'],
    パブリックアクセス: one('AWS::RDS::DBInstance')?.['PubliclyAccessible'] === true,
    'rds.force_ssl': String(Parameters['rds.force_ssl']) === '1',
  });
}

function registry(repository: Properties | undefined): Entry[] {
  if (!repository) return [];
  const { ScanOnPush } = (repository['ImageScanningConfiguration'] ?? {}) as { ScanOnPush?: boolean };
  return entries('registry', 'ECR リポジトリ', {
    プッシュ時にスキャン: ScanOnPush === true,
    イメージタグの変更不可: repository['ImageTagMutability'] === 'IMMUTABLE',
    ライフサイクルルール: repository['LifecyclePolicy'] !== undefined,
  });
}

function balancing(ofType: OfType): Entry[] {
  const balancer = ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')[0]?.p;
  const target = ofType('AWS::ElasticLoadBalancingV2::TargetGroup')[0]?.p;
  const listeners = ofType('AWS::ElasticLoadBalancingV2::Listener').map(({ p }) => {
    const [action] = p['DefaultActions'] as { Type?: string }[];
    return `${String(p['Protocol'])}:${String(p['Port'])} ${ACTIONS[action?.Type ?? ''] ?? ''}`;
  });
  const { HttpCode } = (target?.['Matcher'] ?? {}) as { HttpCode?: string };
  return [
    ...(balancer
      ? entries('load-balancer', 'ロードバランサー', {
          スキーム: balancer['Scheme'],
          サブネットの数: (balancer['Subnets'] as unknown[]).length,
          リスナー: listeners,
        })
      : []),
    ...(target
      ? entries('load-balancer', 'ターゲットグループ', {
          ターゲットタイプ: target['TargetType'],
          プロトコルとポート: `${String(target['Protocol'])}:${String(target['Port'])}`,
          ヘルスチェックのパス: target['HealthCheckPath'],
          ヘルスチェックの間隔: `${String(target['HealthCheckIntervalSeconds'])}秒`,
          正常のしきい値: target['HealthyThresholdCount'],
          非正常のしきい値: target['UnhealthyThresholdCount'],
          成功コード: HttpCode,
        })
      : []),
  ];
}

interface Container {
  PortMappings?: { ContainerPort: number }[];
  Environment?: { Name: string }[];
  Secrets?: { Name: string }[];
}

function service(one: One): Entry[] {
  const task = one('AWS::ECS::TaskDefinition');
  const running = one('AWS::ECS::Service');
  if (!task || !running) return [];
  const [container] = task['ContainerDefinitions'] as Container[];
  const { CpuArchitecture } = (task['RuntimePlatform'] ?? {}) as { CpuArchitecture?: string };
  const { MinCapacity, MaxCapacity } = one('AWS::ApplicationAutoScaling::ScalableTarget') ?? {};
  const deployment = (running['DeploymentConfiguration'] ?? {}) as Properties;
  const placed = running['NetworkConfiguration'] as { AwsvpcConfiguration: { AssignPublicIp?: string } };
  return [
    ...entries('service', 'タスク定義', {
      CPU: `${Number(task['Cpu']) / 1024} vCPU`,
      メモリ: `${String(task['Memory'])} MB`,
      'CPU アーキテクチャ': CpuArchitecture,
      コンテナのポート: container?.PortMappings?.map(({ ContainerPort }) => ContainerPort),
      直接書いた環境変数: (container?.Environment ?? []).map(({ Name }) => Name),
      シークレットからの環境変数: (container?.Secrets ?? []).map(({ Name }) => Name),
    }),
    ...entries('service', 'ECS サービス', {
      起動タイプ: running['LaunchType'],
      'パブリック IP': placed.AwsvpcConfiguration.AssignPublicIp === 'ENABLED',
      ヘルスチェックの猶予期間: `${String(running['HealthCheckGracePeriodSeconds'])}秒`,
      最小ヘルス率: `${String(deployment['MinimumHealthyPercent'])}%`,
      最大率: `${String(deployment['MaximumPercent'])}%`,
      'Auto Scaling の範囲': `${String(MinCapacity)}〜${String(MaxCapacity)}`,
    }),
  ];
}
