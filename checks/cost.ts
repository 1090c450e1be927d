import data from './prices.json' with { type: 'json' };

/** A thing that may cost, in CloudFormation's words; a template's resources are such, and so are those found in AWS. */
export interface Costing {
  /** e.g. `AWS::EC2::NatGateway` */
  type: string;
  /** Properties as CloudFormation names them; what isn't known may be missing. */
  properties: Readonly<Record<string, unknown>>;
}

/** One line of an estimate. */
export interface CostLine {
  /** Japanese name of the part, e.g. `NAT ゲートウェイ`. */
  part: string;
  count: number;
  /** US dollars per hour for all of them, without tax. */
  usdPerHour: number;
}

export interface Estimate {
  lines: CostLine[];
  /** US dollars per hour, without tax, without what depends on use. */
  usdPerHour: number;
  /** Japanese names of parts whose price depends on how much they are used; not in the sum. */
  byUse: string[];
}

type PriceName = keyof typeof data.prices;
const usd = (name: PriceName): number => data.prices[name].usd;
const perMonth = (dollars: number) => dollars / data.hoursPerMonth;

/** What one resource costs by its mere existence; null for what is free or only costs by use. */
type Pricing = (properties: Costing['properties']) => { part: string; usdPerHour: number }[];

/** The root disk of Amazon Linux 2023. */
const NAT_DISK_GB = 8;

interface AssociatesAddress {
  AssociatePublicIpAddress?: boolean;
}

const fixed =
  (part: string, usdPerHour: number): Pricing =>
  () => [{ part, usdPerHour }];

const pricings: Record<string, Pricing> = {
  'AWS::EC2::NatGateway': fixed('NAT ゲートウェイ', usd('natGatewayHour')),
  'AWS::EC2::Instance': ({ InstanceType, NetworkInterfaces }) => {
    if (InstanceType !== 't4g.nano') throw new Error(`prices.json に ${String(InstanceType)} の値段がありません。`);
    const interfaces = (Array.isArray(NetworkInterfaces) ? NetworkInterfaces : []) as AssociatesAddress[];
    return [
      { part: 'NAT インスタンス t4g.nano', usdPerHour: usd('t4g.nanoHour') },
      {
        part: `NAT インスタンスのディスク（${NAT_DISK_GB} GB）`,
        usdPerHour: perMonth(NAT_DISK_GB * usd('gp3GbMonth')),
      },
      ...interfaces
        .filter(({ AssociatePublicIpAddress }) => AssociatePublicIpAddress)
        .map(() => ({ part: 'パブリック IPv4 アドレス（NAT インスタンス）', usdPerHour: usd('publicIpv4Hour') })),
    ];
  },
  'AWS::EC2::EIP': fixed('パブリック IPv4 アドレス（Elastic IP）', usd('publicIpv4Hour')),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ({ Scheme, Subnets, SubnetMappings }) => {
    const zones = [Subnets, SubnetMappings].map((list) => (Array.isArray(list) ? list.length : 0));
    const addresses = Scheme === 'internal' ? 0 : Math.max(...zones) || 2;
    return [
      { part: 'ALB', usdPerHour: usd('albHour') },
      ...Array.from({ length: addresses }, () => ({
        part: 'パブリック IPv4 アドレス（ALB）',
        usdPerHour: usd('publicIpv4Hour'),
      })),
    ];
  },
  'AWS::RDS::DBInstance': ({ DBInstanceClass }) => {
    if (DBInstanceClass === 'db.serverless') return [];
    return [{ part: `Aurora ${String(DBInstanceClass)}`, usdPerHour: auroraHour(String(DBInstanceClass)) }];
  },
  'AWS::RDS::DBCluster': ({ ServerlessV2ScalingConfiguration: scaling }) => {
    const { MinCapacity: minimum = 0 } = (scaling ?? {}) as { MinCapacity?: number };
    return minimum > 0
      ? [{ part: `Aurora Serverless v2（最小${minimum} ACU）`, usdPerHour: minimum * usd('auroraAcuHour') }]
      : [];
  },
  'AWS::EC2::VPCEndpoint': ({ SubnetIds }) =>
    (Array.isArray(SubnetIds) ? SubnetIds : []).map(() => ({
      part: 'VPC エンドポイント',
      usdPerHour: usd('interfaceEndpointHour'),
    })),
  'AWS::SecretsManager::Secret': fixed('Secrets Manager のシークレット', perMonth(usd('secretMonth'))),
  'AWS::CloudWatch::Alarm': fixed('CloudWatch アラーム', perMonth(usd('alarmMonth'))),
  'AWS::ECS::TaskDefinition': () => [],
};

/** Parts that cost by use, by the type that brings them. */
const usePriced: Record<string, string> = {
  'AWS::EC2::NatGateway': `NAT ゲートウェイの通信（1GBごとに$${usd('natGatewayGb')}）`,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': `ALB の処理量（1 LCU 時間ごとに$${usd('albLcuHour')}）`,
  'AWS::RDS::DBCluster': `Aurora のストレージ（1GBごとに月$${usd('auroraStorageGbMonth')}）と I/O`,
  'AWS::ECR::Repository': `ECR のイメージ（1GBごとに月$${usd('ecrGbMonth')}）`,
  'AWS::CloudFront::Distribution': 'CloudFront のリクエストと通信（無料の枠を超えた分）',
  'AWS::CloudWatch::Dashboard': `CloudWatch ダッシュボード（4つ目から1つごとに月$${usd('dashboardMonth')}）`,
  'AWS::RDS::DBClusterSnapshot': `Aurora のバックアップ（1GBごとに月$${usd('auroraBackupGbMonth')}）`,
  'AWS::S3::Bucket': `S3 に置いたもの（1GBごとに月$${usd('s3GbMonth')}）`,
  'AWS::Logs::LogGroup': `CloudWatch Logs（1GBごとに$${usd('logsGb')}）`,
};

function auroraHour(instanceClass: string): number {
  const name = `aurora.${instanceClass}`;
  if (!(name in data.prices)) throw new Error(`prices.json に ${name} の値段がありません。`);
  return usd(name as PriceName);
}

/**
 * What these things cost by the hour in Tokyo, by list prices of `prices.json`: without tax, free tiers and what depends
 * on use. A service's tasks count once per `DesiredCount` (1 where it is left open), by the service's own `Cpu` and `Memory`
 * where they are told, else by the task definition's.
 *
 * @throws Error in Japanese for a database class whose price isn't in `prices.json`
 */
export function estimate(things: readonly Costing[]): Estimate {
  const single = [...things.flatMap(({ type, properties }) => pricings[type]?.(properties) ?? []), ...tasks(things)];
  const lines = [...Map.groupBy(single, ({ part }) => part)].map(([part, same]) => ({
    part,
    count: same.length,
    usdPerHour: same.reduce((sum, { usdPerHour }) => sum + usdPerHour, 0),
  }));
  const serverless = things.some(({ properties }) => properties.DBInstanceClass === 'db.serverless');
  const byUse = new Set(things.flatMap(({ type }) => usePriced[type] ?? []));
  if (serverless) byUse.add(`Aurora Serverless v2（1 ACU 時間ごとに$${usd('auroraAcuHour')}）`);
  return {
    lines: lines.toSorted((a, b) => b.usdPerHour - a.usdPerHour),
    usdPerHour: lines.reduce((sum, { usdPerHour }) => sum + usdPerHour, 0),
    byUse: [...byUse],
  };
}

function tasks(things: readonly Costing[]): { part: string; usdPerHour: number }[] {
  const definition = things.find(({ type }) => type === 'AWS::ECS::TaskDefinition')?.properties;
  return things
    .filter(({ type }) => type === 'AWS::ECS::Service')
    .flatMap(({ properties }) => {
      const size = properties['Cpu'] === undefined ? definition : properties;
      return size ? Array.from({ length: Number(properties['DesiredCount'] ?? 1) }, () => task(size)) : [];
    });
}

function task(size: Costing['properties']): { part: string; usdPerHour: number } {
  const cpu = Number(size['Cpu'] ?? 256) / 1024;
  const memory = Number(size['Memory'] ?? 512) / 1024;
  return {
    part: `Fargate のタスク（${cpu} vCPU・${memory} GB）`,
    usdPerHour: cpu * usd('fargateVcpuHour') + memory * usd('fargateGbHour'),
  };
}

/** Whether the price of an EC2 instance type is known. */
export function isPricedInstance(instanceType: string): boolean {
  return `${instanceType}Hour` in data.prices;
}

/** Whether the price of a database instance class is known. */
export function isPriced(instanceClass: string): boolean {
  return instanceClass === 'db.serverless' || `aurora.${instanceClass}` in data.prices;
}

/** US dollars a month, by list price, of the book's whole chapter 2 left on, with 10 GB of data and a dollar of use. */
export function wholeBookPerMonth(): number {
  const { usdPerHour } = estimate([
    { type: 'AWS::EC2::NatGateway', properties: {} },
    { type: 'AWS::EC2::EIP', properties: {} },
    { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', properties: { Subnets: ['a', 'c'] } },
    { type: 'AWS::RDS::DBInstance', properties: { DBInstanceClass: 'db.t4g.medium' } },
    { type: 'AWS::SecretsManager::Secret', properties: {} },
    { type: 'AWS::ECS::Service', properties: { DesiredCount: 1, Cpu: 256, Memory: 512 } },
  ]);
  return usdPerHour * data.hoursPerMonth + 10 * usd('auroraStorageGbMonth') + 1;
}

/** Yen for dollars at `prices.json`'s rate. */
export function yenOf(dollars: number): number {
  return dollars * data.yenPerDollar;
}

/** An amount per hour in words: dollars and yen, by hour and month, at `prices.json`'s rate, e.g. `1時間あたり約$0.067（約10円）、1か月（730時間）で約$49（約7,300円）`. */
export function inWords(usdPerHour: number): string {
  const month = usdPerHour * data.hoursPerMonth;
  const yen = (dollars: number) => {
    const amount = yenOf(dollars);
    return amount < 1 ? amount.toFixed(2) : Math.round(amount).toLocaleString('ja-JP');
  };
  return `1時間あたり約$${usdPerHour.toFixed(4)}（約${yen(usdPerHour)}円）、1か月（${data.hoursPerMonth}時間）で約$${month.toFixed(2)}（約${yen(month)}円）`;
}

/** Where the figures come from, as one Japanese sentence to print beside them. */
export const priceNote = `料金は東京リージョンの定価（${data.checked}に確認、税別、1ドル${data.yenPerDollar}円で換算）の目安です。`;
