import type { EC2, IpPermission } from '@aws-sdk/client-ec2';

/** A security group's inbound rules, as the calls that add and remove them want them. */
export interface GroupRules {
  group: string;
  permissions: IpPermission[];
}

/** The inbound rules of a group, without the account ids that AWS adds to its answers. */
export async function addressedRules(ec2: EC2, group: string): Promise<GroupRules> {
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({ GroupIds: [group] });
  const permissions = (SecurityGroups[0]?.IpPermissions ?? []).map(({ UserIdGroupPairs = [], ...rest }) => ({
    ...rest,
    UserIdGroupPairs: UserIdGroupPairs.map(({ GroupId, Description }) => ({
      GroupId,
      ...(Description ? { Description } : {}),
    })),
  }));
  return { group, permissions };
}

/** The same rules for another port. */
export function onPort({ group, permissions }: GroupRules, port: number): GroupRules {
  return { group, permissions: permissions.map((one) => ({ ...one, FromPort: port, ToPort: port })) };
}

/** Adds those that are to be, then removes those that were; harmless where it is so already. */
export async function replaceRules(
  ec2: EC2,
  { group, permissions: old }: GroupRules,
  { permissions }: GroupRules,
): Promise<void> {
  for (const permission of permissions) {
    await ec2
      .authorizeSecurityGroupIngress({ GroupId: group, IpPermissions: [permission] })
      .catch(unless('InvalidPermission.Duplicate'));
  }
  for (const permission of old) {
    await ec2
      .revokeSecurityGroupIngress({ GroupId: group, IpPermissions: [permission] })
      .catch(unless('InvalidPermission.NotFound'));
  }
}

const unless = (name: string) => (error: Error) => {
  if (error.name !== name) throw error;
};
