import { EC2 } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { retag, tagSpecifications } from '../ec2-tags.ts';
import { type Context, defineResourceType, given, type Made } from '../resource-type.ts';
import { permission, type Rule, rule } from '../security-group-rule.ts';
import { tags } from '../tags.ts';

const properties = z.strictObject({
  GroupName: z.string().optional(),
  GroupDescription: z.string(),
  VpcId: z.string(),
  SecurityGroupIngress: z.array(rule).optional(),
  SecurityGroupEgress: z.array(rule).optional(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

/** What AWS gives every new group, and CloudFormation takes away where the template has rules of its own. */
const allowAll: Rule = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' };

/** The rules of one list that the other doesn't have. */
const without = (rules: Rule[], others: Rule[]) =>
  rules.filter((each) => !others.some((other) => JSON.stringify(other) === JSON.stringify(each))).map(permission);

async function setIngress({ id }: Made, next: Rule[], before: Rule[], context: Context): Promise<void> {
  const ec2 = context.client(EC2);
  const [dropped, added] = [without(before, next), without(next, before)];
  if (dropped.length > 0) await ec2.revokeSecurityGroupIngress({ GroupId: id, IpPermissions: dropped });
  if (added.length > 0) await ec2.authorizeSecurityGroupIngress({ GroupId: id, IpPermissions: added });
}

async function setEgress({ id }: Made, next: Rule[], before: Rule[], context: Context): Promise<void> {
  const ec2 = context.client(EC2);
  const [dropped, added] = [without(before, next), without(next, before)];
  if (dropped.length > 0) await ec2.revokeSecurityGroupEgress({ GroupId: id, IpPermissions: dropped });
  if (added.length > 0) await ec2.authorizeSecurityGroupEgress({ GroupId: id, IpPermissions: added });
}

export default defineResourceType<Properties>({
  type: 'AWS::EC2::SecurityGroup',
  properties,
  replacedBy: ['GroupName', 'GroupDescription', 'VpcId'],
  updates: {
    SecurityGroupIngress: (made, next, context, before) =>
      setIngress(made, next.SecurityGroupIngress ?? [], before.SecurityGroupIngress ?? [], context),
    SecurityGroupEgress: (made, next, context, before) =>
      setEgress(made, next.SecurityGroupEgress ?? [allowAll], before.SecurityGroupEgress ?? [allowAll], context),
    Tags: retag,
  },
  create: async (p, context) => {
    const { GroupId } = await context.client(EC2).createSecurityGroup({
      GroupName: p.GroupName ?? context.generatedName(255),
      Description: p.GroupDescription,
      VpcId: p.VpcId,
      ...tagSpecifications('security-group', p, context),
    });
    return { id: given(GroupId), attributes: { GroupId: given(GroupId), Id: given(GroupId), VpcId: p.VpcId } };
  },
  configure: async (made, { SecurityGroupIngress = [], SecurityGroupEgress }, context) => {
    await setIngress(made, SecurityGroupIngress, [], context);
    if (SecurityGroupEgress) await setEgress(made, SecurityGroupEgress, [allowAll], context);
  },
  remove: async ({ id }, _, context) => {
    await context.client(EC2).deleteSecurityGroup({ GroupId: id });
  },
});
