import { CloudTrail, type EventSelector } from '@aws-sdk/client-cloudtrail';
import { z } from 'zod';
import { type Context, defineResourceType, given, type Made, passedOn } from '../resource-type.ts';
import { tagChanges, tags, withSystemTags } from '../tags.ts';

const properties = z.strictObject({
  TrailName: z.string().optional(),
  S3BucketName: z.string(),
  S3KeyPrefix: z.string().optional(),
  EnableLogFileValidation: z.boolean().optional(),
  EventSelectors: passedOn<EventSelector[]>().optional(),
  IncludeGlobalServiceEvents: z.boolean().optional(),
  IsLogging: z.boolean(),
  IsMultiRegionTrail: z.boolean().optional(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

async function update({ id }: Made, p: Properties, context: Context): Promise<void> {
  await context.client(CloudTrail).updateTrail({
    Name: id,
    S3BucketName: p.S3BucketName,
    S3KeyPrefix: p.S3KeyPrefix,
    EnableLogFileValidation: p.EnableLogFileValidation ?? false,
    IncludeGlobalServiceEvents: p.IncludeGlobalServiceEvents ?? false,
    IsMultiRegionTrail: p.IsMultiRegionTrail ?? false,
  });
}

async function setLogging({ id }: Made, { IsLogging }: Properties, context: Context): Promise<void> {
  const trails = context.client(CloudTrail);
  if (IsLogging) await trails.startLogging({ Name: id });
  else await trails.stopLogging({ Name: id });
}

async function setSelectors({ id }: Made, { EventSelectors = [] }: Properties, context: Context): Promise<void> {
  if (EventSelectors.length === 0) return;
  await context.client(CloudTrail).putEventSelectors({ TrailName: id, EventSelectors });
}

export default defineResourceType<Properties>({
  type: 'AWS::CloudTrail::Trail',
  properties,
  replacedBy: ['TrailName'],
  updates: {
    S3BucketName: update,
    S3KeyPrefix: update,
    EnableLogFileValidation: update,
    IncludeGlobalServiceEvents: update,
    IsMultiRegionTrail: update,
    IsLogging: setLogging,
    EventSelectors: setSelectors,
    Tags: async (made, next, context, before) => {
      const trails = context.client(CloudTrail);
      const ResourceId = made.attributes?.Arn;
      const { set, drop } = tagChanges(next.Tags, before.Tags);
      if (drop.length > 0) await trails.removeTags({ ResourceId, TagsList: drop.map((Key) => ({ Key })) });
      if (set.length > 0) await trails.addTags({ ResourceId, TagsList: set });
    },
  },
  create: async ({ TrailName, Tags, ...p }, context) => {
    const { Name, TrailARN } = await context.client(CloudTrail).createTrail({
      ...p,
      Name: TrailName ?? context.generatedName(128),
      TagsList: withSystemTags(Tags, context),
    });
    return { id: given(Name), attributes: { Arn: given(TrailARN) } };
  },
  configure: async (made, p, context) => {
    await setLogging(made, p, context);
    await setSelectors(made, p, context);
  },
  remove: async ({ id }, _, context) => {
    await context.client(CloudTrail).deleteTrail({ Name: id });
  },
});
