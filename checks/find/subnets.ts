import type { Subnet as AwsSubnet } from '@aws-sdk/client-ec2';
import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { range } from './cidr.ts';
import { nameTag } from './name-tag.ts';
import { type Stack, workbookStack } from './stack.ts';
import { vpcId } from './vpcs.ts';

/** The plan's public ranges: for the load balancer and the NAT gateway. */
export const PUBLIC_CIDRS = ['10.0.1.0/24', '10.0.2.0/24'];

/** The plan's private ranges: for the tasks and the database. */
export const PRIVATE_CIDRS = ['10.0.11.0/24', '10.0.12.0/24'];

export interface Subnet {
  cidr: string;
  /** Name of its availability zone, e.g. `ap-northeast-1a`. */
  zone: string;
  state: string;
}

/** The subnets of the environment's VPC, in the order of their addresses. */
export async function subnets(world: World): Promise<Resource<Subnet>[]> {
  const vpc = await vpcId(world);
  if (vpc === null) return [];
  const [{ Subnets = [] }, stack] = await Promise.all([
    world.aws.ec2.describeSubnets({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
    workbookStack(world),
  ]);
  return Subnets.map((subnet) => resource(subnet, stack)).toSorted(
    (a, b) => range(a.properties.cidr).first - range(b.properties.cidr).first,
  );
}

/** Every subnet of the region, in whatever VPC. */
export async function allSubnets(world: World): Promise<Resource<Subnet>[]> {
  const [{ Subnets = [] }, stack] = await Promise.all([world.aws.ec2.describeSubnets({}), workbookStack(world)]);
  return Subnets.map((subnet) => resource(subnet, stack));
}

/** Those of the subnets that have one of these ranges. */
export function within(all: Resource<Subnet>[], cidrs: string[]): Resource<Subnet>[] {
  return all.filter(({ properties }) => cidrs.includes(properties.cidr));
}

/** The subnets of any VPC beside the environment's own with one of these ranges: where a learner may have put them. */
export async function subnetsElsewhere(world: World, cidrs: string[]): Promise<Resource<Subnet>[]> {
  const [vpc, { Subnets = [] }, stack] = await Promise.all([
    vpcId(world),
    world.aws.ec2.describeSubnets({ Filters: [{ Name: 'cidr-block', Values: cidrs }] }),
    workbookStack(world),
  ]);
  return Subnets.filter(({ VpcId }) => VpcId !== vpc).map((subnet) => resource(subnet, stack));
}

function resource(subnet: AwsSubnet, stack: Stack): Resource<Subnet> {
  const id = subnet.SubnetId ?? '';
  return {
    type: 'AWS::EC2::Subnet',
    id,
    arn: subnet.SubnetArn ?? null,
    name: nameTag(subnet.Tags),
    parent: subnet.VpcId ?? null,
    relations: {},
    origin: stack.origin(id),
    properties: {
      cidr: subnet.CidrBlock ?? '',
      zone: subnet.AvailabilityZone ?? '',
      state: subnet.State ?? 'available',
    },
  };
}
