import { EC2 } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { defineResourceType, given } from '../resource-type.ts';

export default defineResourceType({
  type: 'AWS::EC2::SubnetRouteTableAssociation',
  properties: z.strictObject({ RouteTableId: z.string(), SubnetId: z.string() }),
  replacedBy: ['SubnetId'],
  updates: {
    // A subnet is never without a route table in between, and the association gets another id.
    RouteTableId: async ({ id }, { RouteTableId }, context) => {
      const { NewAssociationId } = await context
        .client(EC2)
        .replaceRouteTableAssociation({ AssociationId: id, RouteTableId });
      return { id: given(NewAssociationId), attributes: { Id: given(NewAssociationId) } };
    },
  },
  create: async ({ RouteTableId, SubnetId }, context) => {
    const { AssociationId } = await context.client(EC2).associateRouteTable({ RouteTableId, SubnetId });
    return { id: given(AssociationId), attributes: { Id: given(AssociationId) } };
  },
  remove: async ({ id }, _, context) => {
    await context.client(EC2).disassociateRouteTable({ AssociationId: id });
  },
});
