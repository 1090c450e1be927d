import {
  ElasticLoadBalancingV2,
  type LoadBalancerAttribute,
  type LoadBalancerSchemeEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { z } from 'zod';
import { retagElb } from '../elb-tags.ts';
import { type Context, defineResourceType, given, type Made, passedOn } from '../resource-type.ts';
import { tags, withSystemTags } from '../tags.ts';

const properties = z.strictObject({
  Name: z.string().optional(),
  Scheme: passedOn<LoadBalancerSchemeEnum>().optional(),
  Type: z.literal('application').optional(),
  IpAddressType: passedOn<'ipv4' | 'dualstack'>().optional(),
  SecurityGroups: z.array(z.string()).optional(),
  Subnets: z.array(z.string()),
  LoadBalancerAttributes: passedOn<LoadBalancerAttribute[]>().optional(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

async function setAttributes(
  { id }: Made,
  { LoadBalancerAttributes = [] }: Properties,
  context: Context,
): Promise<void> {
  if (LoadBalancerAttributes.length === 0) return;
  await context
    .client(ElasticLoadBalancingV2)
    .modifyLoadBalancerAttributes({ LoadBalancerArn: id, Attributes: LoadBalancerAttributes });
}

export default defineResourceType<Properties>({
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  properties,
  replacedBy: ['Name', 'Scheme', 'Type'],
  updates: {
    IpAddressType: async ({ id }, { IpAddressType = 'ipv4' }, context) => {
      await context.client(ElasticLoadBalancingV2).setIpAddressType({ LoadBalancerArn: id, IpAddressType });
    },
    SecurityGroups: async ({ id }, { SecurityGroups = [] }, context) => {
      await context.client(ElasticLoadBalancingV2).setSecurityGroups({ LoadBalancerArn: id, SecurityGroups });
    },
    Subnets: async ({ id }, { Subnets }, context) => {
      await context.client(ElasticLoadBalancingV2).setSubnets({ LoadBalancerArn: id, Subnets });
    },
    LoadBalancerAttributes: setAttributes,
    Tags: retagElb,
  },
  create: async (p, context) => {
    const { LoadBalancers: [made] = [] } = await context.client(ElasticLoadBalancingV2).createLoadBalancer({
      Name: p.Name ?? context.generatedName(32),
      Scheme: p.Scheme,
      Type: p.Type,
      IpAddressType: p.IpAddressType,
      SecurityGroups: p.SecurityGroups,
      Subnets: p.Subnets,
      Tags: withSystemTags(p.Tags, context),
    });
    const id = given(made?.LoadBalancerArn);
    return {
      id,
      attributes: {
        LoadBalancerArn: id,
        LoadBalancerName: given(made?.LoadBalancerName),
        LoadBalancerFullName: id.slice(id.indexOf(':loadbalancer/') + ':loadbalancer/'.length),
        DNSName: given(made?.DNSName),
        CanonicalHostedZoneID: made?.CanonicalHostedZoneId ?? '',
      },
    };
  },
  configure: setAttributes,
  remove: async ({ id }, _, context) => {
    await context.client(ElasticLoadBalancingV2).deleteLoadBalancer({ LoadBalancerArn: id });
  },
});
