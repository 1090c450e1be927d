import { EC2 } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { retag, tagSpecifications } from '../ec2-tags.ts';
import { type Context, defineResourceType, given, type Made } from '../resource-type.ts';
import { tags } from '../tags.ts';

const properties = z.strictObject({
  CidrBlock: z.string(),
  EnableDnsHostnames: z.boolean().optional(),
  EnableDnsSupport: z.boolean().optional(),
  InstanceTenancy: z.enum(['default', 'dedicated', 'host']).optional(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

/** Each attribute takes a call of its own, as in AWS. */
async function setDns(
  { id }: Made,
  { EnableDnsHostnames, EnableDnsSupport }: Properties,
  context: Context,
): Promise<void> {
  const ec2 = context.client(EC2);
  await ec2.modifyVpcAttribute({ VpcId: id, EnableDnsSupport: { Value: EnableDnsSupport ?? true } });
  await ec2.modifyVpcAttribute({ VpcId: id, EnableDnsHostnames: { Value: EnableDnsHostnames ?? false } });
}

export default defineResourceType<Properties>({
  type: 'AWS::EC2::VPC',
  properties,
  replacedBy: ['CidrBlock', 'InstanceTenancy'],
  updates: { EnableDnsHostnames: setDns, EnableDnsSupport: setDns, Tags: retag },
  create: async (p, context) => {
    const { Vpc } = await context.client(EC2).createVpc({
      CidrBlock: p.CidrBlock,
      InstanceTenancy: p.InstanceTenancy,
      ...tagSpecifications('vpc', p, context),
    });
    return { id: given(Vpc?.VpcId) };
  },
  configure: async (made, p, context) => {
    await setDns(made, p, context);
    const ec2 = context.client(EC2);
    const inVpc = [{ Name: 'vpc-id', Values: [made.id] }];
    const [{ SecurityGroups }, { NetworkAcls }] = await Promise.all([
      ec2.describeSecurityGroups({ Filters: [...inVpc, { Name: 'group-name', Values: ['default'] }] }),
      ec2.describeNetworkAcls({ Filters: [...inVpc, { Name: 'default', Values: ['true'] }] }),
    ]);
    return {
      id: made.id,
      attributes: {
        VpcId: made.id,
        CidrBlock: p.CidrBlock,
        DefaultSecurityGroup: SecurityGroups?.[0]?.GroupId ?? '',
        DefaultNetworkAcl: NetworkAcls?.[0]?.NetworkAclId ?? '',
      },
    };
  },
  remove: async ({ id }, _, context) => {
    await context.client(EC2).deleteVpc({ VpcId: id });
  },
});
