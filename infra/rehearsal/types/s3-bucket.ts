import { type PublicAccessBlockConfiguration, S3, type ServerSideEncryptionByDefault } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { type Context, defineResourceType, type Made, passedOn, region } from '../resource-type.ts';
import { tags, withSystemTags } from '../tags.ts';

const properties = z.strictObject({
  BucketName: z.string().optional(),
  BucketEncryption: z
    .strictObject({
      ServerSideEncryptionConfiguration: z.array(
        z.strictObject({ ServerSideEncryptionByDefault: passedOn<ServerSideEncryptionByDefault>() }),
      ),
    })
    .optional(),
  LifecycleConfiguration: z
    .strictObject({
      Rules: z.array(
        z.strictObject({
          Id: z.string().optional(),
          Prefix: z.string().optional(),
          Status: z.enum(['Enabled', 'Disabled']),
          ExpirationInDays: z.number(),
        }),
      ),
    })
    .optional(),
  PublicAccessBlockConfiguration: passedOn<PublicAccessBlockConfiguration>().optional(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

async function setEncryption({ id }: Made, { BucketEncryption }: Properties, context: Context): Promise<void> {
  const Rules = (BucketEncryption?.ServerSideEncryptionConfiguration ?? []).map(
    ({ ServerSideEncryptionByDefault: byDefault }) => ({ ApplyServerSideEncryptionByDefault: byDefault }),
  );
  const s3 = context.client(S3);
  if (Rules.length === 0) await s3.deleteBucketEncryption({ Bucket: id });
  else await s3.putBucketEncryption({ Bucket: id, ServerSideEncryptionConfiguration: { Rules } });
}

async function setLifecycle({ id }: Made, { LifecycleConfiguration }: Properties, context: Context): Promise<void> {
  const s3 = context.client(S3);
  const Rules = (LifecycleConfiguration?.Rules ?? []).map(({ Id, Prefix = '', Status, ExpirationInDays }, index) => ({
    ID: Id ?? `rule-${index}`,
    Status,
    Filter: { Prefix },
    Expiration: { Days: ExpirationInDays },
  }));
  if (Rules.length === 0) await s3.deleteBucketLifecycle({ Bucket: id });
  else await s3.putBucketLifecycleConfiguration({ Bucket: id, LifecycleConfiguration: { Rules } });
}

async function setPublicAccess({ id }: Made, p: Properties, context: Context): Promise<void> {
  const { PublicAccessBlockConfiguration } = p;
  const s3 = context.client(S3);
  if (PublicAccessBlockConfiguration === undefined) await s3.deletePublicAccessBlock({ Bucket: id });
  else await s3.putPublicAccessBlock({ Bucket: id, PublicAccessBlockConfiguration });
}

async function setTags({ id }: Made, { Tags }: Properties, context: Context): Promise<void> {
  const TagSet = withSystemTags(Tags, context).filter(({ Key }) => !Key.startsWith('aws:'));
  const s3 = context.client(S3);
  if (TagSet.length === 0) await s3.deleteBucketTagging({ Bucket: id });
  else await s3.putBucketTagging({ Bucket: id, Tagging: { TagSet } });
}

export default defineResourceType<Properties>({
  type: 'AWS::S3::Bucket',
  properties,
  replacedBy: ['BucketName'],
  updates: {
    BucketEncryption: setEncryption,
    LifecycleConfiguration: setLifecycle,
    PublicAccessBlockConfiguration: setPublicAccess,
    Tags: setTags,
  },
  create: async ({ BucketName }, context) => {
    const id = BucketName ?? context.generatedName(63).toLowerCase();
    await context.client(S3).createBucket({ Bucket: id, CreateBucketConfiguration: { LocationConstraint: region } });
    return {
      id,
      attributes: {
        Arn: `arn:aws:s3:::${id}`,
        DomainName: `${id}.s3.amazonaws.com`,
        RegionalDomainName: `${id}.s3.${region}.amazonaws.com`,
      },
    };
  },
  configure: async (made, p, context) => {
    if (p.BucketEncryption) await setEncryption(made, p, context);
    if (p.LifecycleConfiguration) await setLifecycle(made, p, context);
    if (p.PublicAccessBlockConfiguration) await setPublicAccess(made, p, context);
    if (p.Tags) await setTags(made, p, context);
  },
  remove: async ({ id }, _, context) => {
    await context.client(S3).deleteBucket({ Bucket: id });
  },
});
