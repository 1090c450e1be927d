import { EC2, type FlowLogsResourceType, type LogDestinationType, type TrafficType } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { retag, tagSpecifications } from '../ec2-tags.ts';
import { defineResourceType, given, passedOn } from '../resource-type.ts';
import { tags } from '../tags.ts';

export default defineResourceType({
  type: 'AWS::EC2::FlowLog',
  properties: z.strictObject({
    ResourceId: z.string(),
    ResourceType: passedOn<FlowLogsResourceType>(),
    TrafficType: passedOn<TrafficType>().optional(),
    LogDestinationType: passedOn<LogDestinationType>().optional(),
    LogDestination: z.string().optional(),
    LogGroupName: z.string().optional(),
    DeliverLogsPermissionArn: z.string().optional(),
    MaxAggregationInterval: z.number().optional(),
    Tags: tags,
  }),
  replacedBy: [
    'ResourceId',
    'ResourceType',
    'TrafficType',
    'LogDestinationType',
    'LogDestination',
    'LogGroupName',
    'DeliverLogsPermissionArn',
    'MaxAggregationInterval',
  ],
  updates: { Tags: retag },
  create: async ({ ResourceId, Tags, ...p }, context) => {
    const { FlowLogIds, Unsuccessful } = await context.client(EC2).createFlowLogs({
      ...p,
      ResourceIds: [ResourceId],
      ...tagSpecifications('vpc-flow-log', { Tags }, context),
    });
    const [failure] = Unsuccessful ?? [];
    if (failure) throw new Error(failure.Error?.Message ?? 'Flow log failed');
    const id = given(FlowLogIds?.[0]);
    return { id, attributes: { Id: id } };
  },
  remove: async ({ id }, _, context) => {
    await context.client(EC2).deleteFlowLogs({ FlowLogIds: [id] });
  },
});
