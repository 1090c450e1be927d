import type { EC2, IpPermission } from '@aws-sdk/client-ec2';

/** Ids of the three groups. */
export interface Groups {
  alb: string;
  ecs: string;
  rds: string;
}

/** A security group with names that nobody expects, and whatever AWS lets out by itself. */
export async function addGroup(ec2: EC2, VpcId: string, name: string): Promise<string> {
  return (await ec2.createSecurityGroup({ VpcId, GroupName: name, Description: 'made by hand' })).GroupId ?? '';
}

/** Lets TCP traffic to a port in: from a group, a range, or a prefix list. */
export async function letIn(ec2: EC2, group: string, port: number, from: string): Promise<void> {
  const peer: IpPermission = from.startsWith('sg-')
    ? { UserIdGroupPairs: [{ GroupId: from }] }
    : from.startsWith('pl-')
      ? { PrefixListIds: [{ PrefixListId: from }] }
      : from.includes(':')
        ? { Ipv6Ranges: [{ CidrIpv6: from }] }
        : { IpRanges: [{ CidrIp: from }] };
  await ec2.authorizeSecurityGroupIngress({
    GroupId: group,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peer }],
  });
}

/** Takes away every rule by which a group lets something in. */
export async function close(ec2: EC2, GroupId: string): Promise<void> {
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({ GroupIds: [GroupId] });
  const IpPermissions = SecurityGroups[0]?.IpPermissions ?? [];
  if (IpPermissions.length > 0) await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions });
}

/** The plan's three groups, by plain calls. */
export async function buildGroups(ec2: EC2, vpc: string): Promise<Groups> {
  const [alb, ecs, rds] = await Promise.all([
    addGroup(ec2, vpc, 'first'),
    addGroup(ec2, vpc, 'second'),
    addGroup(ec2, vpc, 'third'),
  ]);
  await Promise.all([
    letIn(ec2, alb, 80, '0.0.0.0/0').then(() => letIn(ec2, alb, 443, '0.0.0.0/0')),
    letIn(ec2, ecs, 4000, alb),
    letIn(ec2, rds, 5432, ecs),
  ]);
  return { alb, ecs, rds };
}
