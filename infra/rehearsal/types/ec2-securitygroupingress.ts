import { EC2 } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { defineResourceType, given } from '../resource-type.ts';
import { permission, rule } from '../security-group-rule.ts';

export default defineResourceType({
  type: 'AWS::EC2::SecurityGroupIngress',
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
        .updateSecurityGroupRuleDescriptionsIngress({ GroupId, IpPermissions: [permission(next)] });
    },
  },
  create: async ({ GroupId, ...p }, context) => {
    const { SecurityGroupRules } = await context
      .client(EC2)
      .authorizeSecurityGroupIngress({ GroupId, IpPermissions: [permission(p)] });
    const id = given(SecurityGroupRules?.[0]?.SecurityGroupRuleId);
    return { id, attributes: { Id: id } };
  },
  remove: async (_, { GroupId, ...p }, context) => {
    await context.client(EC2).revokeSecurityGroupIngress({ GroupId, IpPermissions: [permission(p)] });
  },
});
