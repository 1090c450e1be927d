import type { SecurityGroup as AwsSecurityGroup, IpPermission } from '@aws-sdk/client-ec2';
import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { nameTag } from './name-tag.ts';
import { type Stack, workbookStack } from './stack.ts';
import { vpcId } from './vpcs.ts';

/** Where a rule lets traffic come from, or go to. */
export type Peer =
  | { kind: 'ipv4' | 'ipv6'; cidr: string }
  | { kind: 'prefix-list'; id: string }
  | { kind: 'group'; id: string };

export interface GroupRule {
  protocol: 'tcp' | 'udp' | 'icmp' | 'all' | (string & {});
  /** First and last port; 0 to 65535 for all protocols. */
  ports: [first: number, last: number];
  peer: Peer;
}

export interface SecurityGroup {
  /** The VPC's own group, which can't be deleted and lets its members talk to each other. */
  isDefault: boolean;
  description: string;
  in: GroupRule[];
  out: GroupRule[];
}

/** The security groups of the environment's VPC. */
export async function securityGroups(world: World): Promise<Resource<SecurityGroup>[]> {
  const vpc = await vpcId(world);
  if (vpc === null) return [];
  const [{ SecurityGroups = [] }, stack] = await Promise.all([
    world.aws.ec2.describeSecurityGroups({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
    workbookStack(world),
  ]);
  return SecurityGroups.map((group) => resource(group, stack, world.choice.region));
}

/** Every security group of the region, in whatever VPC. */
export async function allSecurityGroups(world: World): Promise<Resource<SecurityGroup>[]> {
  const [{ SecurityGroups = [] }, stack] = await Promise.all([
    world.aws.ec2.describeSecurityGroups({}),
    workbookStack(world),
  ]);
  return SecurityGroups.map((group) => resource(group, stack, world.choice.region));
}

/** The security groups of the region's other VPCs: where a learner may have made them. */
export async function securityGroupsElsewhere(world: World): Promise<Resource<SecurityGroup>[]> {
  const [vpc, { SecurityGroups = [] }, stack] = await Promise.all([
    vpcId(world),
    world.aws.ec2.describeSecurityGroups({}),
    workbookStack(world),
  ]);
  return SecurityGroups.filter(({ VpcId }) => VpcId !== vpc).map((group) =>
    resource(group, stack, world.choice.region),
  );
}

/** Whether a rule lets TCP traffic to a port through. */
export function letsThrough({ protocol, ports: [first, last] }: GroupRule, port: number): boolean {
  return protocol === 'all' || (protocol === 'tcp' && first <= port && port <= last);
}

/** Every IPv4 or IPv6 address. */
export function isAnyone(peer: Peer): boolean {
  return (peer.kind === 'ipv4' && peer.cidr === '0.0.0.0/0') || (peer.kind === 'ipv6' && peer.cidr === '::/0');
}

function resource(group: AwsSecurityGroup, stack: Stack, region: string): Resource<SecurityGroup> {
  const id = group.GroupId ?? '';
  const rules = {
    in: (group.IpPermissions ?? []).flatMap(rulesOf),
    out: (group.IpPermissionsEgress ?? []).flatMap(rulesOf),
  };
  const peers = [...rules.in, ...rules.out].flatMap(({ peer }) => (peer.kind === 'group' ? [peer.id] : []));
  return {
    type: 'AWS::EC2::SecurityGroup',
    id,
    arn: group.OwnerId ? `arn:aws:ec2:${region}:${group.OwnerId}:security-group/${id}` : null,
    name: group.GroupName ?? nameTag(group.Tags),
    parent: group.VpcId ?? null,
    relations: { securityGroup: [...new Set(peers)] },
    origin: stack.origin(id),
    properties: { isDefault: group.GroupName === 'default', description: group.Description ?? '', ...rules },
  };
}

/** One rule per peer: AWS folds rules with the same protocol and ports into one permission. */
function rulesOf(permission: IpPermission): GroupRule[] {
  const protocol = permission.IpProtocol === '-1' ? 'all' : (permission.IpProtocol ?? 'all');
  const ports: [number, number] =
    protocol === 'all' ? [0, 65_535] : [permission.FromPort ?? 0, permission.ToPort ?? 65_535];
  const peers: Peer[] = [
    ...(permission.IpRanges ?? []).map(({ CidrIp = '' }): Peer => ({ kind: 'ipv4', cidr: CidrIp })),
    ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6 = '' }): Peer => ({ kind: 'ipv6', cidr: CidrIpv6 })),
    ...(permission.PrefixListIds ?? []).map(
      ({ PrefixListId = '' }): Peer => ({ kind: 'prefix-list', id: PrefixListId }),
    ),
    ...(permission.UserIdGroupPairs ?? []).map(({ GroupId = '' }): Peer => ({ kind: 'group', id: GroupId })),
  ];
  return peers.map((peer) => ({ protocol, ports, peer }));
}
