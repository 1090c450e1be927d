import { type ClusterSetting, ECS } from '@aws-sdk/client-ecs';
import { z } from 'zod';
import { ecsTags, lowerFirst, retagEcs } from '../ecs-names.ts';
import { defineResourceType, given, passedOn } from '../resource-type.ts';
import { tags } from '../tags.ts';

export default defineResourceType({
  type: 'AWS::ECS::Cluster',
  properties: z.strictObject({
    ClusterName: z.string().optional(),
    ClusterSettings: passedOn<object[]>().optional(),
    Tags: tags,
  }),
  replacedBy: ['ClusterName'],
  updates: {
    ClusterSettings: async ({ id }, { ClusterSettings = [] }, context) => {
      await context
        .client(ECS)
        .updateCluster({ cluster: id, settings: lowerFirst(ClusterSettings) as ClusterSetting[] });
    },
    Tags: retagEcs,
  },
  create: async (p, context) => {
    const { cluster } = await context.client(ECS).createCluster({
      clusterName: p.ClusterName ?? context.generatedName(255),
      settings: p.ClusterSettings && (lowerFirst(p.ClusterSettings) as ClusterSetting[]),
      tags: ecsTags(p.Tags, context),
    });
    return { id: given(cluster?.clusterName), attributes: { Arn: given(cluster?.clusterArn) } };
  },
  remove: async ({ id }, _, context) => {
    await context.client(ECS).deleteCluster({ cluster: id });
  },
});
