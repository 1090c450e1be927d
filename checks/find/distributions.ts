import type { DistributionSummary } from '@aws-sdk/client-cloudfront';
import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { type Stack, workbookStack } from './stack.ts';

export interface Distribution {
  /** What visitors connect to, e.g. `d111.cloudfront.net`. */
  domain: string;
  enabled: boolean;
  /** `InProgress` while AWS brings a change to every place, then `Deployed`. */
  status: string;
  /** Host names it fetches from. */
  origins: { host: string; protocol: string; headers: string[] }[];
  /** For requests that no other behaviour takes. */
  methods: string[];
  viewerProtocol: string;
  /** Id of its cache policy; AWS's `CachingDisabled` is 4135ea2d-6df8-44a3-9df3-4b5a84be39ad. */
  cachePolicy: string | null;
  originRequestPolicy: string | null;
}

/** The account's CloudFront distributions that fetch from one of these hosts, e.g. a load balancer's DNS name. */
export async function distributions(world: World, hosts: string[]): Promise<Resource<Distribution>[]> {
  const wanted = hosts.map((host) => host.toLowerCase());
  const all = await allDistributions(world);
  return all.filter(({ properties }) => properties.origins.some(({ host }) => wanted.includes(host.toLowerCase())));
}

/** Every CloudFront distribution of the account. */
export async function allDistributions(world: World): Promise<Resource<Distribution>[]> {
  const [{ DistributionList }, stack] = await Promise.all([
    world.aws.cloudfront.listDistributions({}),
    workbookStack(world),
  ]);
  return Promise.all((DistributionList?.Items ?? []).map((item) => resource(world, item, stack)));
}

async function resource(world: World, item: DistributionSummary, stack: Stack): Promise<Resource<Distribution>> {
  // AWS lists the settings with the distribution; the rehearsal's emulator only tells them when asked for one.
  const config = item.Origins
    ? item
    : (await world.aws.cloudfront.getDistributionConfig({ Id: item.Id })).DistributionConfig;
  const { AllowedMethods, ViewerProtocolPolicy, CachePolicyId, OriginRequestPolicyId } =
    config?.DefaultCacheBehavior ?? {};
  return {
    type: 'AWS::CloudFront::Distribution',
    id: item.Id ?? '',
    arn: item.ARN ?? null,
    name: config?.Comment || null,
    parent: null,
    relations: {},
    origin: stack.origin(item.Id),
    properties: {
      domain: item.DomainName ?? '',
      enabled: config?.Enabled ?? false,
      status: item.Status ?? '',
      origins: (config?.Origins?.Items ?? []).map(({ DomainName, CustomOriginConfig, CustomHeaders }) => ({
        host: DomainName ?? '',
        protocol: CustomOriginConfig?.OriginProtocolPolicy ?? '',
        headers: (CustomHeaders?.Items ?? []).map(({ HeaderName }) => HeaderName ?? ''),
      })),
      methods: AllowedMethods?.Items ?? [],
      viewerProtocol: ViewerProtocolPolicy ?? '',
      cachePolicy: CachePolicyId ?? null,
      originRequestPolicy: OriginRequestPolicyId ?? null,
    },
  };
}
