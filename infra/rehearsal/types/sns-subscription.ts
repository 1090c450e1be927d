import { SNS } from '@aws-sdk/client-sns';
import { z } from 'zod';
import { defineResourceType, given } from '../resource-type.ts';

export default defineResourceType({
  type: 'AWS::SNS::Subscription',
  properties: z.strictObject({ TopicArn: z.string(), Protocol: z.string(), Endpoint: z.string() }),
  replacedBy: ['TopicArn', 'Protocol', 'Endpoint'],
  updates: {},
  create: async (p, context) => {
    const { SubscriptionArn } = await context.client(SNS).subscribe({ ...p, ReturnSubscriptionArn: true });
    return { id: given(SubscriptionArn), attributes: { Arn: given(SubscriptionArn) } };
  },
  remove: async ({ id }, _, context) => {
    await context.client(SNS).unsubscribe({ SubscriptionArn: id });
  },
});
