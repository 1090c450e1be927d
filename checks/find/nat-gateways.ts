import type { NatGateway as AwsNatGateway } from '@aws-sdk/client-ec2';
import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { nameTag } from './name-tag.ts';
import { type Stack, workbookStack } from './stack.ts';
import { vpcId } from './vpcs.ts';

export interface NatGateway {
  state: 'pending' | 'available' | 'failed' | 'deleting' | 'deleted';
  /** AWS's own words, where its creation failed, e.g. `Gateway.NotAttached: …`. */
  failure: string | null;
  /** `private` only joins networks; nothing gets to the internet through it. */
  connectivity: 'public' | 'private';
  /** `regional` ones (since November 2025) live in the VPC itself and need no public subnet. */
  availability: 'zonal' | 'regional';
  /** Where a zonal one is; null for a regional one. */
  subnet: string | null;
  /** Elastic IPs it answers with; their allocation ids. */
  allocations: string[];
}

/** The NAT gateways of the environment's VPC. AWS goes on listing a deleted one for about an hour. */
export async function natGateways(world: World): Promise<Resource<NatGateway>[]> {
  const vpc = await vpcId(world);
  if (vpc === null) return [];
  const [{ NatGateways = [] }, stack] = await Promise.all([
    world.aws.ec2.describeNatGateways({ Filter: [{ Name: 'vpc-id', Values: [vpc] }] }),
    workbookStack(world),
  ]);
  return NatGateways.map((nat) => resource(nat, stack));
}

/** Every NAT gateway of the region that is not gone, in whatever VPC. */
export async function allNatGateways(world: World): Promise<Resource<NatGateway>[]> {
  const [{ NatGateways = [] }, stack] = await Promise.all([
    world.aws.ec2.describeNatGateways({}),
    workbookStack(world),
  ]);
  return NatGateways.map((nat) => resource(nat, stack)).filter(({ properties }) => properties.state !== 'deleted');
}

/** Whether it exists, or will in a moment: neither failed nor going. */
export function isAlive({ properties: { state } }: Resource<NatGateway>): boolean {
  return state === 'available' || state === 'pending';
}

function resource(nat: AwsNatGateway, stack: Stack): Resource<NatGateway> {
  const id = nat.NatGatewayId ?? '';
  const regional = nat.AvailabilityMode === 'regional';
  const allocations = (nat.NatGatewayAddresses ?? []).flatMap(({ AllocationId }) => AllocationId ?? []);
  return {
    type: 'AWS::EC2::NatGateway',
    id,
    arn: null,
    name: nameTag(nat.Tags),
    parent: nat.VpcId ?? null,
    relations: { subnet: nat.SubnetId && !regional ? [nat.SubnetId] : [], elasticIp: allocations },
    origin: stack.origin(id),
    properties: {
      state: nat.State ?? 'available',
      failure: nat.FailureCode ? `${nat.FailureCode}: ${nat.FailureMessage ?? ''}` : null,
      connectivity: nat.ConnectivityType ?? 'public',
      availability: regional ? 'regional' : 'zonal',
      subnet: regional ? null : (nat.SubnetId ?? null),
      allocations,
    },
  };
}
