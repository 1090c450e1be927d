import { Scheduler } from '@aws-sdk/client-scheduler';
import { z } from 'zod';
import { defineResourceType, given } from '../resource-type.ts';
import { tagChanges, tags, withSystemTags } from '../tags.ts';

const properties = z.strictObject({ Name: z.string().optional(), Tags: tags });
type Properties = z.infer<typeof properties>;

export default defineResourceType<Properties>({
  type: 'AWS::Scheduler::ScheduleGroup',
  properties,
  replacedBy: ['Name'],
  updates: {
    Tags: async ({ attributes }, next, context, before) => {
      const scheduler = context.client(Scheduler);
      const ResourceArn = attributes?.Arn;
      const { set, drop } = tagChanges(next.Tags, before.Tags);
      if (drop.length > 0) await scheduler.untagResource({ ResourceArn, TagKeys: drop });
      if (set.length > 0) await scheduler.tagResource({ ResourceArn, Tags: set });
    },
  },
  create: async ({ Name, Tags }, context) => {
    const id = Name ?? context.generatedName(64);
    const { ScheduleGroupArn } = await context
      .client(Scheduler)
      .createScheduleGroup({ Name: id, Tags: withSystemTags(Tags, context) });
    return { id, attributes: { Arn: given(ScheduleGroupArn) } };
  },
  remove: async ({ id }, _, context) => {
    await context.client(Scheduler).deleteScheduleGroup({ Name: id });
  },
});
