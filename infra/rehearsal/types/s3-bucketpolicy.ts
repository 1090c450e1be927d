import { S3 } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { type Context, defineResourceType, type Made, passedOn } from '../resource-type.ts';

const properties = z.strictObject({ Bucket: z.string(), PolicyDocument: passedOn<object>() });
type Properties = z.infer<typeof properties>;

async function put(_: Made, { Bucket, PolicyDocument }: Properties, context: Context): Promise<void> {
  await context.client(S3).putBucketPolicy({ Bucket, Policy: JSON.stringify(PolicyDocument) });
}

export default defineResourceType<Properties>({
  type: 'AWS::S3::BucketPolicy',
  properties,
  replacedBy: ['Bucket'],
  updates: { PolicyDocument: put },
  create: async ({ Bucket }) => ({ id: Bucket }),
  configure: put,
  remove: async (_, { Bucket }, context) => {
    await context.client(S3).deleteBucketPolicy({ Bucket });
  },
});
