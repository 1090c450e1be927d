import {
  ApplicationAutoScaling,
  type ScalableDimension,
  type ServiceNamespace,
  type SuspendedState,
} from '@aws-sdk/client-application-auto-scaling';
import { z } from 'zod';
import { type Context, defineResourceType, type Made, passedOn } from '../resource-type.ts';
import { tags } from '../tags.ts';

const properties = z.strictObject({
  ServiceNamespace: passedOn<ServiceNamespace>(),
  ScalableDimension: passedOn<ScalableDimension>(),
  ResourceId: z.string(),
  MinCapacity: z.number(),
  MaxCapacity: z.number(),
  RoleARN: z.string().optional(),
  SuspendedState: passedOn<SuspendedState>().optional(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

async function register(_: Made, p: Properties, context: Context): Promise<void> {
  await context.client(ApplicationAutoScaling).registerScalableTarget({ ...p, Tags: undefined });
}

export default defineResourceType<Properties>({
  type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  properties,
  replacedBy: ['ServiceNamespace', 'ScalableDimension', 'ResourceId'],
  updates: {
    MinCapacity: register,
    MaxCapacity: register,
    RoleARN: register,
    SuspendedState: register,
    // moto keeps no tags of a scalable target.
    Tags: async () => {},
  },
  create: async ({ ServiceNamespace, ScalableDimension, ResourceId }) => {
    const id = `${ResourceId}|${ScalableDimension}|${ServiceNamespace}`;
    return { id, attributes: { Id: id } };
  },
  configure: register,
  remove: async (_, { ServiceNamespace, ScalableDimension, ResourceId }, context) => {
    await context
      .client(ApplicationAutoScaling)
      .deregisterScalableTarget({ ServiceNamespace, ScalableDimension, ResourceId });
  },
});
