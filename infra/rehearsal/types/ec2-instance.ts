import { EC2, waitUntilInstanceRunning, waitUntilInstanceTerminated } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { retag, tagSpecifications } from '../ec2-tags.ts';
import { type Context, defineResourceType, given, type Made } from '../resource-type.ts';
import { tags } from '../tags.ts';

const patience = { maxWaitTime: 60, minDelay: 1, maxDelay: 2 };

const networkInterface = z.strictObject({
  DeviceIndex: z.string(),
  SubnetId: z.string(),
  GroupSet: z.array(z.string()).optional(),
  AssociatePublicIpAddress: z.boolean().optional(),
});

const blockDevice = z.strictObject({
  DeviceName: z.string(),
  Ebs: z.strictObject({
    VolumeSize: z.number(),
    VolumeType: z.enum(['gp3', 'gp2']),
    Encrypted: z.boolean().optional(),
  }),
});

const properties = z.strictObject({
  ImageId: z.string(),
  InstanceType: z.string(),
  SourceDestCheck: z.boolean().optional(),
  NetworkInterfaces: z.array(networkInterface),
  BlockDeviceMappings: z.array(blockDevice).optional(),
  UserData: z.string().optional(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

async function setCheck({ id }: Made, { SourceDestCheck = true }: Properties, context: Context): Promise<void> {
  await context.client(EC2).modifyInstanceAttribute({ InstanceId: id, SourceDestCheck: { Value: SourceDestCheck } });
}

/** Nothing runs on it: the rehearsal takes its word that it passes packets on. */
export default defineResourceType<Properties>({
  type: 'AWS::EC2::Instance',
  properties,
  replacedBy: ['ImageId', 'InstanceType', 'NetworkInterfaces', 'BlockDeviceMappings', 'UserData'],
  updates: { SourceDestCheck: setCheck, Tags: retag },
  create: async (p, context) => {
    const { Instances: [made] = [] } = await context.client(EC2).runInstances({
      ImageId: p.ImageId,
      InstanceType: p.InstanceType as 't4g.nano',
      MinCount: 1,
      MaxCount: 1,
      UserData: p.UserData,
      BlockDeviceMappings: p.BlockDeviceMappings,
      NetworkInterfaces: p.NetworkInterfaces.map(({ DeviceIndex, GroupSet, ...rest }) => ({
        ...rest,
        DeviceIndex: Number(DeviceIndex),
        Groups: GroupSet,
        DeleteOnTermination: true,
      })),
      ...tagSpecifications('instance', p, context),
    });
    const id = given(made?.InstanceId);
    return { id, attributes: { InstanceId: id, VpcId: given(made?.VpcId) } };
  },
  configure: async (made, p, context) => {
    await waitUntilInstanceRunning({ client: context.client(EC2), ...patience }, { InstanceIds: [made.id] });
    await setCheck(made, p, context);
  },
  remove: async ({ id }, _, context) => {
    await context.client(EC2).terminateInstances({ InstanceIds: [id] });
    await waitUntilInstanceTerminated({ client: context.client(EC2), ...patience }, { InstanceIds: [id] });
  },
});
