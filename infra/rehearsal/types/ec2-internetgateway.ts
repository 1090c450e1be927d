import { EC2 } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { retag, tagSpecifications } from '../ec2-tags.ts';
import { defineResourceType, given } from '../resource-type.ts';
import { tags } from '../tags.ts';

export default defineResourceType({
  type: 'AWS::EC2::InternetGateway',
  properties: z.strictObject({ Tags: tags }),
  replacedBy: [],
  updates: { Tags: retag },
  create: async (p, context) => {
    const { InternetGateway } = await context
      .client(EC2)
      .createInternetGateway(tagSpecifications('internet-gateway', p, context));
    const id = given(InternetGateway?.InternetGatewayId);
    return { id, attributes: { InternetGatewayId: id } };
  },
  remove: async ({ id }, _, context) => {
    await context.client(EC2).deleteInternetGateway({ InternetGatewayId: id });
  },
});
