import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import { type Context, defineResourceType, type Made } from '../resource-type.ts';
import { tagChanges, tags, withSystemTags } from '../tags.ts';

const properties = z.strictObject({
  LogGroupName: z.string().optional(),
  RetentionInDays: z.number().optional(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

async function setRetention({ id }: Made, { RetentionInDays }: Properties, context: Context): Promise<void> {
  const logs = context.client(CloudWatchLogs);
  if (RetentionInDays === undefined) await logs.deleteRetentionPolicy({ logGroupName: id });
  else await logs.putRetentionPolicy({ logGroupName: id, retentionInDays: RetentionInDays });
}

const asMap = (list: { Key: string; Value: string }[]) =>
  Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));

export default defineResourceType<Properties>({
  type: 'AWS::Logs::LogGroup',
  properties,
  replacedBy: ['LogGroupName'],
  updates: {
    RetentionInDays: setRetention,
    Tags: async ({ id }, next, context, before) => {
      const logs = context.client(CloudWatchLogs);
      const { set, drop } = tagChanges(next.Tags, before.Tags);
      if (drop.length > 0) await logs.untagLogGroup({ logGroupName: id, tags: drop });
      if (set.length > 0) await logs.tagLogGroup({ logGroupName: id, tags: asMap(set) });
    },
  },
  create: async (p, context) => {
    const logs = context.client(CloudWatchLogs);
    const logGroupName = p.LogGroupName ?? context.generatedName(512);
    await logs.createLogGroup({ logGroupName, tags: asMap(withSystemTags(p.Tags, context)) });
    const { logGroups = [] } = await logs.describeLogGroups({ logGroupNamePrefix: logGroupName });
    const made = logGroups.find((group) => group.logGroupName === logGroupName);
    return { id: logGroupName, attributes: { Arn: made?.arn ?? '' } };
  },
  configure: async (made, p, context) => {
    if (p.RetentionInDays !== undefined) await setRetention(made, p, context);
  },
  remove: async ({ id }, _, context) => {
    await context.client(CloudWatchLogs).deleteLogGroup({ logGroupName: id });
  },
});
