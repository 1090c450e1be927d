import { EC2 } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { defineResourceType } from '../resource-type.ts';

export default defineResourceType({
  type: 'AWS::EC2::VPCGatewayAttachment',
  properties: z.strictObject({ VpcId: z.string(), InternetGatewayId: z.string() }),
  replacedBy: ['VpcId'],
  updates: {
    InternetGatewayId: async (_, { VpcId, InternetGatewayId }, context, before) => {
      const ec2 = context.client(EC2);
      await ec2.detachInternetGateway({ VpcId, InternetGatewayId: before.InternetGatewayId });
      await ec2.attachInternetGateway({ VpcId, InternetGatewayId });
    },
  },
  create: async ({ VpcId, InternetGatewayId }, context) => {
    await context.client(EC2).attachInternetGateway({ VpcId, InternetGatewayId });
    return { id: `IGW|${VpcId}`, attributes: { AttachmentType: 'IGW' } };
  },
  remove: async (_, { VpcId, InternetGatewayId }, context) => {
    await context.client(EC2).detachInternetGateway({ VpcId, InternetGatewayId });
  },
});
