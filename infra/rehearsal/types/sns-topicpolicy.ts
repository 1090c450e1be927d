import { SNS } from '@aws-sdk/client-sns';
import { z } from 'zod';
import { type Context, defineResourceType, type Made, passedOn } from '../resource-type.ts';

const properties = z.strictObject({ PolicyDocument: passedOn<object>(), Topics: z.array(z.string()) });
type Properties = z.infer<typeof properties>;

async function put(_: Made, { PolicyDocument, Topics }: Properties, context: Context): Promise<void> {
  for (const TopicArn of Topics) {
    await context
      .client(SNS)
      .setTopicAttributes({ TopicArn, AttributeName: 'Policy', AttributeValue: JSON.stringify(PolicyDocument) });
  }
}

export default defineResourceType<Properties>({
  type: 'AWS::SNS::TopicPolicy',
  properties,
  replacedBy: [],
  updates: { PolicyDocument: put, Topics: put },
  create: async (_, context) => ({ id: context.generatedName(64) }),
  configure: put,
  // A topic is never without a policy: only its owner may publish, as with a new one.
  remove: async (made, { Topics }, context) => {
    for (const topic of Topics) {
      const [, , , , owner] = topic.split(':');
      const Statement = [
        {
          Sid: '__default_statement_ID',
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: ['SNS:Publish', 'SNS:Subscribe', 'SNS:GetTopicAttributes'],
          Resource: topic,
          Condition: { StringEquals: { 'AWS:SourceOwner': owner } },
        },
      ];
      await put(made, { PolicyDocument: { Version: '2008-10-17', Statement }, Topics: [topic] }, context);
    }
  },
});
