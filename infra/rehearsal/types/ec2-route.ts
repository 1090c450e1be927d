import { EC2 } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { type Context, defineResourceType, type Made } from '../resource-type.ts';

const properties = z.strictObject({
  RouteTableId: z.string(),
  DestinationCidrBlock: z.string(),
  GatewayId: z.string().optional(),
  InstanceId: z.string().optional(),
  NatGatewayId: z.string().optional(),
});
type Properties = z.infer<typeof properties>;

/** Points the route at another gateway or instance, in place. */
async function replace(_: Made, next: Properties, context: Context): Promise<void> {
  await context.client(EC2).replaceRoute(next);
}

export default defineResourceType<Properties>({
  type: 'AWS::EC2::Route',
  properties,
  replacedBy: ['RouteTableId', 'DestinationCidrBlock'],
  updates: { GatewayId: replace, InstanceId: replace, NatGatewayId: replace },
  create: async (p, context) => {
    await context.client(EC2).createRoute(p);
    return {
      id: `${p.RouteTableId}|${p.DestinationCidrBlock}`,
      attributes: { CidrBlock: p.DestinationCidrBlock },
    };
  },
  remove: async (_, { RouteTableId, DestinationCidrBlock }, context) => {
    await context.client(EC2).deleteRoute({ RouteTableId, DestinationCidrBlock });
  },
});
