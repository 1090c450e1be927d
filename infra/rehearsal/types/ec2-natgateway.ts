import { EC2, waitUntilNatGatewayAvailable, waitUntilNatGatewayDeleted } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { retag, tagSpecifications } from '../ec2-tags.ts';
import { defineResourceType, given } from '../resource-type.ts';
import { tags } from '../tags.ts';

const patience = { maxWaitTime: 60, minDelay: 1, maxDelay: 2 };

export default defineResourceType({
  type: 'AWS::EC2::NatGateway',
  properties: z.strictObject({
    SubnetId: z.string(),
    AllocationId: z.string().optional(),
    ConnectivityType: z.enum(['public', 'private']).optional(),
    Tags: tags,
  }),
  replacedBy: ['SubnetId', 'AllocationId', 'ConnectivityType'],
  updates: { Tags: retag },
  create: async (p, context) => {
    const { NatGateway } = await context.client(EC2).createNatGateway({
      SubnetId: p.SubnetId,
      AllocationId: p.AllocationId,
      ConnectivityType: p.ConnectivityType,
      ...tagSpecifications('natgateway', p, context),
    });
    return { id: given(NatGateway?.NatGatewayId), attributes: { NatGatewayId: given(NatGateway?.NatGatewayId) } };
  },
  configure: async ({ id }, _, context) => {
    await waitUntilNatGatewayAvailable({ client: context.client(EC2), ...patience }, { NatGatewayIds: [id] });
  },
  // AWS keeps the address in use until the gateway is gone.
  remove: async ({ id }, _, context) => {
    await context.client(EC2).deleteNatGateway({ NatGatewayId: id });
    await waitUntilNatGatewayDeleted({ client: context.client(EC2), ...patience }, { NatGatewayIds: [id] });
  },
});
