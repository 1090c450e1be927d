import { CloudFront, type DistributionConfig } from '@aws-sdk/client-cloudfront';
import { z } from 'zod';
import { type Context, defineResourceType, given, type Made, passedOn } from '../resource-type.ts';
import { tags } from '../tags.ts';

const properties = z.strictObject({ DistributionConfig: passedOn<TemplateConfig>(), Tags: tags });
type Properties = z.infer<typeof properties>;

/** What of a distribution's configuration a template of ours may hold; anything else is refused. */
interface TemplateConfig {
  Comment?: string;
  Enabled: boolean;
  HttpVersion?: 'http1.1' | 'http2' | 'http3' | 'http2and3';
  IPV6Enabled?: boolean;
  PriceClass?: 'PriceClass_100' | 'PriceClass_200' | 'PriceClass_All';
  DefaultCacheBehavior: {
    TargetOriginId: string;
    ViewerProtocolPolicy: 'allow-all' | 'https-only' | 'redirect-to-https';
    AllowedMethods?: string[];
    CachePolicyId?: string;
    OriginRequestPolicyId?: string;
    Compress?: boolean;
  };
  Origins: {
    Id: string;
    DomainName: string;
    OriginCustomHeaders?: { HeaderName: string; HeaderValue: string }[];
    CustomOriginConfig?: {
      HTTPPort?: number;
      HTTPSPort?: number;
      OriginProtocolPolicy: 'http-only' | 'https-only' | 'match-viewer';
      OriginSSLProtocols?: string[];
      OriginReadTimeout?: number;
      OriginKeepaliveTimeout?: number;
    };
  }[];
  ViewerCertificate?: { CloudFrontDefaultCertificate?: boolean; MinimumProtocolVersion?: string };
}

const known = {
  top: 'Comment Enabled HttpVersion IPV6Enabled PriceClass DefaultCacheBehavior Origins ViewerCertificate',
  behavior: 'TargetOriginId ViewerProtocolPolicy AllowedMethods CachePolicyId OriginRequestPolicyId Compress',
  origin: 'Id DomainName OriginCustomHeaders CustomOriginConfig',
};

function refuseUnknown(where: string, value: object, names: string): void {
  const unknown = Object.keys(value).filter((name) => !names.split(' ').includes(name));
  if (unknown.length > 0) {
    throw new Error(`リハーサルは CloudFront の ${where} の ${unknown.join('、')} を実行できません。`);
  }
}

const list = <Item>(Items: Item[]) => ({ Quantity: Items.length, Items });

/** The template's configuration in the API's words: lists with their length, and what the API wants to be said. */
function configOf({ DistributionConfig: config }: Properties, CallerReference: string): DistributionConfig {
  const { DefaultCacheBehavior: behavior, Origins, ViewerCertificate } = config;
  refuseUnknown('DistributionConfig', config, known.top);
  refuseUnknown('DefaultCacheBehavior', behavior, known.behavior);
  for (const origin of Origins) refuseUnknown('Origin', origin, known.origin);
  return {
    CallerReference,
    Comment: config.Comment ?? '',
    Enabled: config.Enabled,
    HttpVersion: config.HttpVersion,
    IsIPV6Enabled: config.IPV6Enabled,
    PriceClass: config.PriceClass,
    ViewerCertificate: (ViewerCertificate ?? { CloudFrontDefaultCertificate: true }) as NonNullable<
      DistributionConfig['ViewerCertificate']
    >,
    DefaultCacheBehavior: {
      ...behavior,
      AllowedMethods: list(behavior.AllowedMethods ?? ['GET', 'HEAD']) as NonNullable<
        NonNullable<DistributionConfig['DefaultCacheBehavior']>['AllowedMethods']
      >,
    },
    Origins: list(
      Origins.map(({ OriginCustomHeaders = [], CustomOriginConfig, ...origin }) => ({
        ...origin,
        CustomHeaders: list(OriginCustomHeaders),
        ...(CustomOriginConfig && {
          CustomOriginConfig: {
            HTTPPort: CustomOriginConfig.HTTPPort ?? 80,
            HTTPSPort: CustomOriginConfig.HTTPSPort ?? 443,
            OriginProtocolPolicy: CustomOriginConfig.OriginProtocolPolicy,
            OriginSslProtocols: list((CustomOriginConfig.OriginSSLProtocols ?? ['TLSv1.2']) as 'TLSv1.2'[]),
            OriginReadTimeout: CustomOriginConfig.OriginReadTimeout,
            OriginKeepaliveTimeout: CustomOriginConfig.OriginKeepaliveTimeout,
          },
        }),
      })),
    ),
  };
}

async function update({ id }: Made, p: Properties, context: Context): Promise<void> {
  const cloudFront = context.client(CloudFront);
  const { ETag, DistributionConfig: now } = await cloudFront.getDistributionConfig({ Id: id });
  await cloudFront.updateDistribution({
    Id: id,
    IfMatch: ETag,
    DistributionConfig: configOf(p, given(now?.CallerReference)),
  });
}

export default defineResourceType<Properties>({
  type: 'AWS::CloudFront::Distribution',
  properties,
  replacedBy: [],
  updates: { DistributionConfig: update, Tags: async () => {} },
  create: async (p, context) => {
    const { Distribution } = await context.client(CloudFront).createDistributionWithTags({
      DistributionConfigWithTags: {
        DistributionConfig: configOf(p, context.generatedName(64)),
        Tags: { Items: p.Tags ?? [] },
      },
    });
    const id = given(Distribution?.Id);
    return { id, attributes: { Id: id, DomainName: given(Distribution?.DomainName) } };
  },
  // As in AWS, only a disabled distribution can go.
  remove: async (made, p, context) => {
    const cloudFront = context.client(CloudFront);
    await update(made, { ...p, DistributionConfig: { ...p.DistributionConfig, Enabled: false } }, context);
    const { ETag } = await cloudFront.getDistributionConfig({ Id: made.id });
    await cloudFront.deleteDistribution({ Id: made.id, IfMatch: ETag });
  },
});
