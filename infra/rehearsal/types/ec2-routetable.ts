import { EC2 } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { retag, tagSpecifications } from '../ec2-tags.ts';
import { defineResourceType, given } from '../resource-type.ts';
import { tags } from '../tags.ts';

export default defineResourceType({
  type: 'AWS::EC2::RouteTable',
  properties: z.strictObject({ VpcId: z.string(), Tags: tags }),
  replacedBy: ['VpcId'],
  updates: { Tags: retag },
  create: async (p, context) => {
    const { RouteTable } = await context
      .client(EC2)
      .createRouteTable({ VpcId: p.VpcId, ...tagSpecifications('route-table', p, context) });
    return { id: given(RouteTable?.RouteTableId), attributes: { RouteTableId: given(RouteTable?.RouteTableId) } };
  },
  remove: async ({ id }, _, context) => {
    await context.client(EC2).deleteRouteTable({ RouteTableId: id });
  },
});
