import type { Filter, Pricing } from '@aws-sdk/client-pricing';
import data from '../../prices.json' with { type: 'json' };

export type Prices = typeof data;
export type PriceName = keyof Prices['prices'];

/** How a price is found in AWS's price list: the service's code and the attributes of its product. */
interface Query {
  service: string;
  attributes: Record<string, string>;
  /** The list's price is for one of so many, e.g. for one I/O where ours is for a million. */
  times?: number;
}

const EC2 = (usagetype: string, attributes: Record<string, string> = {}): Query => ({
  service: 'AmazonEC2',
  attributes: { usagetype, ...attributes },
});
const AURORA = { databaseEngine: 'Aurora PostgreSQL' };
const ALB = { operation: 'LoadBalancing:Application' };
const LINUX = { operatingSystem: 'Linux', preInstalledSw: 'NA', capacitystatus: 'Used', tenancy: 'Shared' };

/** Tokyo's usage types begin with APN1: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/price-changes.html */
const queries: Record<PriceName, Query> = {
  natGatewayHour: EC2('APN1-NatGateway-Hours'),
  natGatewayGb: EC2('APN1-NatGateway-Bytes'),
  't4g.nanoHour': EC2('APN1-BoxUsage:t4g.nano', LINUX),
  gp3GbMonth: EC2('APN1-EBS:VolumeUsage.gp3'),
  publicIpv4Hour: { service: 'AmazonVPC', attributes: { usagetype: 'APN1-PublicIPv4:InUseAddress' } },
  interfaceEndpointHour: { service: 'AmazonVPC', attributes: { usagetype: 'APN1-VpcEndpoint-Hours' } },
  fargateVcpuHour: { service: 'AmazonECS', attributes: { usagetype: 'APN1-Fargate-vCPU-Hours:perCPU' } },
  fargateGbHour: { service: 'AmazonECS', attributes: { usagetype: 'APN1-Fargate-GB-Hours' } },
  albHour: { service: 'AWSELB', attributes: { usagetype: 'APN1-LoadBalancerUsage', ...ALB } },
  albLcuHour: { service: 'AWSELB', attributes: { usagetype: 'APN1-LCUUsage', ...ALB } },
  'aurora.db.t4g.medium': {
    service: 'AmazonRDS',
    attributes: { usagetype: 'APN1-InstanceUsage:db.t4g.medium', ...AURORA },
  },
  auroraAcuHour: { service: 'AmazonRDS', attributes: { usagetype: 'APN1-Aurora:ServerlessV2Usage', ...AURORA } },
  auroraStorageGbMonth: { service: 'AmazonRDS', attributes: { usagetype: 'APN1-Aurora:StorageUsage' } },
  auroraMillionIo: {
    service: 'AmazonRDS',
    attributes: { usagetype: 'APN1-Aurora:StorageIOUsage' },
    times: 1_000_000,
  },
  auroraBackupGbMonth: { service: 'AmazonRDS', attributes: { usagetype: 'APN1-Aurora:BackupUsage' } },
  dashboardMonth: { service: 'AmazonCloudWatch', attributes: { usagetype: 'DashboardsUsageHour' } },
  s3GbMonth: { service: 'AmazonS3', attributes: { usagetype: 'APN1-TimedStorage-ByteHrs' } },
  secretMonth: { service: 'AWSSecretsManager', attributes: { usagetype: 'APN1-AWSSecretsManager-Secrets' } },
  ecrGbMonth: { service: 'AmazonECR', attributes: { usagetype: 'APN1-TimedStorage-ByteHrs' } },
  logsGb: { service: 'AmazonCloudWatch', attributes: { usagetype: 'APN1-DataProcessing-Bytes' } },
  alarmMonth: { service: 'AmazonCloudWatch', attributes: { usagetype: 'APN1-CW:AlarmMonitorUsage' } },
  dataTransferOutGb: { service: 'AWSDataTransfer', attributes: { usagetype: 'APN1-DataTransfer-Out-Bytes' } },
};

/** What came of asking for one price: null where the list has none, or several, so that the old one stays. */
export interface Refreshed {
  name: PriceName;
  before: number;
  after: number | null;
}

/**
 * Asks AWS's price list for every price of `prices.json`. Where it has no price, or more than one, the old one stays:
 * better old than guessed.
 * @param client of the one region of the price list that is near enough: `us-east-1`
 * @param today e.g. `2026-11-23`
 * @returns the prices as they are to be written, and what came of each
 * @throws the SDK's errors, e.g. AccessDeniedException without `pricing:GetProducts`
 */
export async function refreshed(
  client: Pricing,
  prices: Prices,
  today: string,
): Promise<{ prices: Prices; came: Refreshed[] }> {
  const names = Object.keys(prices.prices) as PriceName[];
  const came = await Promise.all(
    names.map(async (name) => ({ name, before: prices.prices[name].usd, after: await listed(client, queries[name]) })),
  );
  const next = structuredClone(prices);
  for (const { name, after } of came) {
    if (after !== null) next.prices[name] = { ...next.prices[name], usd: after, source: 'aws' };
  }
  return { prices: { ...next, checked: today }, came };
}

async function listed(client: Pricing, { service, attributes, times = 1 }: Query): Promise<number | null> {
  const Filters = Object.entries(attributes).map(([Field, Value]): Filter => ({ Type: 'TERM_MATCH', Field, Value }));
  const { PriceList = [] } = await client.getProducts({ ServiceCode: service, Filters });
  const found = new Set<number>(PriceList.flatMap((product: unknown) => onDemand(String(product))));
  const [price, ...others] = found;
  // Multiplying by a million leaves traces far behind the point.
  return price === undefined || others.length > 0 ? null : Number((price * times).toPrecision(6));
}

interface Product {
  terms?: {
    OnDemand?: Record<
      string,
      { priceDimensions?: Record<string, { beginRange?: string; pricePerUnit?: { USD?: string } }> }
    >;
  };
}

/** The on-demand prices of a product from the first unit on, in dollars. Free tiers, which cost nothing, don't count. */
function onDemand(product: string): number[] {
  const { terms } = JSON.parse(product) as Product;
  const dimensions = Object.values(terms?.OnDemand ?? {}).flatMap((term) => Object.values(term.priceDimensions ?? {}));
  const paid = dimensions
    .map(({ beginRange = '0', pricePerUnit }) => ({ from: Number(beginRange), usd: Number(pricePerUnit?.USD ?? 0) }))
    .filter(({ usd }) => usd > 0)
    .toSorted((a, b) => a.from - b.from);
  return paid.slice(0, 1).map(({ usd }) => usd);
}
