import type { LoadBalancer as AwsLoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { type Stack, workbookStack } from './stack.ts';
import { vpcId } from './vpcs.ts';

export interface LoadBalancer {
  kind: 'application' | 'network' | 'gateway';
  scheme: 'internet-facing' | 'internal';
  state: 'provisioning' | 'active' | 'active_impaired' | 'failed';
  /** AWS's own words on its state, where there are any. */
  reason: string | null;
  /** What visitors connect to, e.g. `blog-123.ap-northeast-1.elb.amazonaws.com`. */
  dnsName: string;
  /** Ids of its subnets, one per availability zone. */
  subnets: string[];
  securityGroups: string[];
}

/** The load balancers of the environment's VPC. Their id is their name, which the console shows. */
export async function loadBalancers(world: World): Promise<Resource<LoadBalancer>[]> {
  const vpc = await vpcId(world);
  if (vpc === null) return [];
  return (await allLoadBalancers(world)).filter(({ parent }) => parent === vpc);
}

/** Every load balancer of the region, those in other VPCs too. */
export async function allLoadBalancers(world: World): Promise<Resource<LoadBalancer>[]> {
  const [{ LoadBalancers = [] }, stack] = await Promise.all([
    world.aws.elbv2.describeLoadBalancers({}),
    workbookStack(world),
  ]);
  return LoadBalancers.map((one) => resource(one, stack));
}

/**
 * The load balancer that is meant where the VPC has several: the stack's own, else an application load balancer that
 * faces the internet, else whatever there is.
 */
export function mainLoadBalancer(all: Resource<LoadBalancer>[]): Resource<LoadBalancer> | undefined {
  const fit = ({ origin, properties: { kind, scheme } }: Resource<LoadBalancer>) =>
    (origin === 'cdk' ? 4 : 0) + (kind === 'application' ? 2 : 0) + (scheme === 'internet-facing' ? 1 : 0);
  return all.toSorted((a, b) => fit(b) - fit(a))[0];
}

function resource(one: AwsLoadBalancer, stack: Stack): Resource<LoadBalancer> {
  const subnets = (one.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? []);
  const securityGroups = one.SecurityGroups ?? [];
  return {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    id: one.LoadBalancerName ?? '',
    arn: one.LoadBalancerArn ?? null,
    name: one.LoadBalancerName ?? null,
    parent: one.VpcId ?? null,
    relations: { subnet: subnets, securityGroup: securityGroups },
    origin: stack.origin(one.LoadBalancerArn),
    properties: {
      kind: one.Type ?? 'application',
      scheme: one.Scheme ?? 'internet-facing',
      state: one.State?.Code ?? 'active',
      reason: one.State?.Reason || null,
      dnsName: one.DNSName ?? '',
      subnets,
      securityGroups,
    },
  };
}
