import { SNS } from '@aws-sdk/client-sns';
import { z } from 'zod';
import { defineResourceType, given } from '../resource-type.ts';
import { tagChanges, tags, withSystemTags } from '../tags.ts';

export default defineResourceType({
  type: 'AWS::SNS::Topic',
  properties: z.strictObject({
    TopicName: z.string().optional(),
    DisplayName: z.string().optional(),
    Tags: tags,
  }),
  replacedBy: ['TopicName'],
  updates: {
    DisplayName: async ({ id }, { DisplayName = '' }, context) => {
      await context
        .client(SNS)
        .setTopicAttributes({ TopicArn: id, AttributeName: 'DisplayName', AttributeValue: DisplayName });
    },
    Tags: async ({ id }, next, context, before) => {
      const sns = context.client(SNS);
      const { set, drop } = tagChanges(next.Tags, before.Tags);
      if (drop.length > 0) await sns.untagResource({ ResourceArn: id, TagKeys: drop });
      if (set.length > 0) await sns.tagResource({ ResourceArn: id, Tags: set });
    },
  },
  create: async (p, context) => {
    const name = p.TopicName ?? context.generatedName(256);
    const { TopicArn } = await context.client(SNS).createTopic({
      Name: name,
      ...(p.DisplayName !== undefined && { Attributes: { DisplayName: p.DisplayName } }),
      Tags: withSystemTags(p.Tags, context),
    });
    return { id: given(TopicArn), attributes: { TopicArn: given(TopicArn), TopicName: name } };
  },
  remove: async ({ id }, _, context) => {
    await context.client(SNS).deleteTopic({ TopicArn: id });
  },
});
