import { EC2 } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { defineResourceType, given } from '../resource-type.ts';
import { permission, rule } from '../security-group-rule.ts';

export default defineResourceType({
  type: 'AWS::EC2::SecurityGroupEgress',
  properties: rule.extend({ GroupId: z.string() }),
  replacedBy: [
    'GroupId',
    'IpProtocol',
    'FromPort',
    'ToPort',
    'CidrIp',
    'CidrIpv6',
    'SourceSecurityGroupId',
    'DestinationSecurityGroupId',
    'SourcePrefixListId',
    'DestinationPrefixListId',
  ],
  updates: {
    Description: async (_, { GroupId, ...next }, context) => {
      await context
        .client(EC2)
        .updateSecurityGroupRuleDescriptionsEgress({ GroupId, IpPermissions: [permission(next)] });
    },
  },
  create: async ({ GroupId, ...p }, context) => {
    const { SecurityGroupRules } = await context
      .client(EC2)
      .authorizeSecurityGroupEgress({ GroupId, IpPermissions: [permission(p)] });
    const id = given(SecurityGroupRules?.[0]?.SecurityGroupRuleId);
    return { id, attributes: { Id: id } };
  },
  remove: async (_, { GroupId, ...p }, context) => {
    await context.client(EC2).revokeSecurityGroupEgress({ GroupId, IpPermissions: [permission(p)] });
  },
});
