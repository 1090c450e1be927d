import { EC2 } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { retag, tagSpecifications } from '../ec2-tags.ts';
import { type Context, defineResourceType, given, type Made } from '../resource-type.ts';
import { tags } from '../tags.ts';

const properties = z.strictObject({
  VpcId: z.string(),
  CidrBlock: z.string(),
  AvailabilityZone: z.string().optional(),
  MapPublicIpOnLaunch: z.boolean().optional(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

async function setPublicIps({ id }: Made, { MapPublicIpOnLaunch }: Properties, context: Context): Promise<void> {
  await context
    .client(EC2)
    .modifySubnetAttribute({ SubnetId: id, MapPublicIpOnLaunch: { Value: MapPublicIpOnLaunch ?? false } });
}

export default defineResourceType<Properties>({
  type: 'AWS::EC2::Subnet',
  properties,
  replacedBy: ['VpcId', 'CidrBlock', 'AvailabilityZone'],
  updates: { MapPublicIpOnLaunch: setPublicIps, Tags: retag },
  create: async (p, context) => {
    const { Subnet } = await context.client(EC2).createSubnet({
      VpcId: p.VpcId,
      CidrBlock: p.CidrBlock,
      AvailabilityZone: p.AvailabilityZone,
      ...tagSpecifications('subnet', p, context),
    });
    return {
      id: given(Subnet?.SubnetId),
      attributes: {
        SubnetId: given(Subnet?.SubnetId),
        AvailabilityZone: given(Subnet?.AvailabilityZone),
        CidrBlock: p.CidrBlock,
        VpcId: p.VpcId,
      },
    };
  },
  configure: async (made, p, context) => {
    if (p.MapPublicIpOnLaunch) await setPublicIps(made, p, context);
    const { NetworkAcls } = await context
      .client(EC2)
      .describeNetworkAcls({ Filters: [{ Name: 'association.subnet-id', Values: [made.id] }] });
    const association = NetworkAcls?.[0]?.Associations?.find(({ SubnetId }) => SubnetId === made.id);
    return { id: made.id, attributes: { NetworkAclAssociationId: association?.NetworkAclAssociationId ?? '' } };
  },
  remove: async ({ id }, _, context) => {
    await context.client(EC2).deleteSubnet({ SubnetId: id });
  },
});
