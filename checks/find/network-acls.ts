import type { NetworkAcl as AwsNetworkAcl, NetworkAclEntry } from '@aws-sdk/client-ec2';
import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { nameTag } from './name-tag.ts';
import { type Stack, workbookStack } from './stack.ts';
import { vpcId } from './vpcs.ts';

export interface AclRule {
  number: number;
  direction: 'in' | 'out';
  action: 'allow' | 'deny';
  /** `all`, or the number of the protocol: 6 is TCP. */
  protocol: 'all' | number;
  /** An IPv4 range. */
  cidr: string;
  /** First and last port; all of them where the protocol has none. */
  ports: [first: number, last: number];
}

export interface NetworkAcl {
  isDefault: boolean;
  /** Ids of the subnets it guards. */
  subnets: string[];
  /** IPv4 rules in the order in which they are asked; the last, `*`, denies everything. */
  rules: AclRule[];
}

/** The network ACLs of the environment's VPC. */
export async function networkAcls(world: World): Promise<Resource<NetworkAcl>[]> {
  const vpc = await vpcId(world);
  if (vpc === null) return [];
  const [{ NetworkAcls = [] }, stack] = await Promise.all([
    world.aws.ec2.describeNetworkAcls({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
    workbookStack(world),
  ]);
  return NetworkAcls.map((acl) => resource(acl, stack, world.choice.region));
}

function resource(acl: AwsNetworkAcl, stack: Stack, region: string): Resource<NetworkAcl> {
  const id = acl.NetworkAclId ?? '';
  const subnets = (acl.Associations ?? []).flatMap(({ SubnetId }) => SubnetId ?? []);
  return {
    type: 'AWS::EC2::NetworkAcl',
    id,
    arn: acl.OwnerId ? `arn:aws:ec2:${region}:${acl.OwnerId}:network-acl/${id}` : null,
    name: nameTag(acl.Tags),
    parent: acl.VpcId ?? null,
    relations: { subnet: subnets },
    origin: stack.origin(id),
    properties: {
      isDefault: acl.IsDefault ?? false,
      subnets,
      rules: (acl.Entries ?? []).flatMap(rule).toSorted((a, b) => a.number - b.number),
    },
  };
}

function rule(entry: NetworkAclEntry): AclRule[] {
  if (entry.CidrBlock === undefined) return [];
  const protocol = entry.Protocol === '-1' || entry.Protocol === undefined ? 'all' : Number(entry.Protocol);
  return [
    {
      number: entry.RuleNumber ?? 0,
      direction: entry.Egress ? 'out' : 'in',
      action: entry.RuleAction ?? 'deny',
      protocol,
      cidr: entry.CidrBlock,
      ports: [entry.PortRange?.From ?? 0, entry.PortRange?.To ?? 65_535],
    },
  ];
}
