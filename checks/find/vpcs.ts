import type { Vpc as AwsVpc } from '@aws-sdk/client-ec2';
import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { nameTag } from './name-tag.ts';
import { type Stack, workbookStack } from './stack.ts';
import { stackTag } from './stack-tag.ts';

/** The plan's range, by which the environment is recognised. */
export const VPC_CIDR = '10.0.0.0/16';

export interface Vpc {
  /** All IPv4 ranges, the primary one first. */
  cidrs: string[];
  state: 'pending' | 'available';
  isDefault: boolean;
  /** `dedicated` means that everything in it runs, and is paid, on hardware of its own. */
  tenancy: string;
  /** The CloudFormation stack that made it, from the tag that CloudFormation sets; null for one made by hand. */
  stack: string | null;
}

/** Every VPC of the region, the default one too. */
export async function allVpcs(world: World): Promise<Resource<Vpc>[]> {
  const [{ Vpcs = [] }, stack] = await Promise.all([world.aws.ec2.describeVpcs({}), workbookStack(world)]);
  return Vpcs.map((vpc) => resource(vpc, stack, world.choice.region));
}

/**
 * The environment's VPC: none, one, or the several among which the learner has to choose.
 * Which one is meant: `--vpc` → the one saved by an earlier run, as long as it exists → the workbook's own stack's →
 * those named with the prefix → those with the plan's range.
 */
export async function vpcs(world: World): Promise<Resource<Vpc>[]> {
  const [all, stack] = await Promise.all([allVpcs(world), workbookStack(world)]);
  const { vpc: chosen, vpcFrom, prefix } = world.choice;
  const byChoice = all.filter(({ id }) => id === chosen);
  if (byChoice.length > 0 || vpcFrom === 'flag') return byChoice;
  const own = stack.ids('AWS::EC2::VPC');
  const byStack = all.filter(({ id }) => own.includes(id));
  if (byStack.length > 0) return byStack;
  const byCidr = all.filter(({ properties }) => properties.cidrs.includes(VPC_CIDR));
  const byPrefix = prefix === '' ? [] : byCidr.filter(({ name }) => name?.startsWith(`${prefix}-`));
  return byPrefix.length > 0 ? byPrefix : byCidr;
}

/** Id of the environment's VPC; null where there is none, or where the learner has to choose first. */
export async function vpcId(world: World): Promise<string | null> {
  const found = await vpcs(world);
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

/** The environment's VPC with its two DNS attributes; null where there is no such VPC. */
export async function vpcDns(
  world: World,
): Promise<{ vpc: Resource<Vpc>; support: boolean; hostnames: boolean } | null> {
  const [vpc, ...others] = await vpcs(world);
  if (!vpc || others.length > 0) return null;
  const [support, hostnames] = await Promise.all([
    world.aws.ec2.describeVpcAttribute({ VpcId: vpc.id, Attribute: 'enableDnsSupport' }),
    world.aws.ec2.describeVpcAttribute({ VpcId: vpc.id, Attribute: 'enableDnsHostnames' }),
  ]);
  return {
    vpc,
    support: support.EnableDnsSupport?.Value ?? false,
    hostnames: hostnames.EnableDnsHostnames?.Value ?? false,
  };
}

function resource(vpc: AwsVpc, stack: Stack, region: string): Resource<Vpc> {
  const id = vpc.VpcId ?? '';
  const cidrs = [
    vpc.CidrBlock,
    ...(vpc.CidrBlockAssociationSet ?? [])
      .filter(({ CidrBlockState }) => CidrBlockState?.State === 'associated')
      .map(({ CidrBlock }) => CidrBlock),
  ];
  return {
    type: 'AWS::EC2::VPC',
    id,
    arn: vpc.OwnerId ? `arn:aws:ec2:${region}:${vpc.OwnerId}:vpc/${id}` : null,
    name: nameTag(vpc.Tags),
    parent: null,
    relations: {},
    origin: stack.origin(id),
    properties: {
      cidrs: [...new Set(cidrs.filter((cidr) => cidr !== undefined))],
      state: vpc.State === 'pending' ? 'pending' : 'available',
      isDefault: vpc.IsDefault ?? false,
      tenancy: vpc.InstanceTenancy ?? 'default',
      stack: stackTag(vpc.Tags),
    },
  };
}
