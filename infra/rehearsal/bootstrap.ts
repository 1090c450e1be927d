import { S3 } from '@aws-sdk/client-s3';
import { SSM } from '@aws-sdk/client-ssm';
import { internalAgent } from './live/live.ts';
import { accountId, type ClientConfig, region } from './resource-type.ts';

/** What `cdk bootstrap` leaves behind and `cdk deploy` needs: the bucket for templates and the version parameter. */
export async function bootstrap(config: ClientConfig): Promise<void> {
  const s3 = new S3({ ...config, forcePathStyle: true, customUserAgent: internalAgent });
  const ssm = new SSM({ ...config, customUserAgent: internalAgent });
  const bucket = `cdk-hnb659fds-assets-${accountId}-${region}`;
  const { Buckets = [] } = await s3.listBuckets();
  if (!Buckets.some(({ Name }) => Name === bucket)) {
    await s3.createBucket({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: region } });
    await ssm.putParameter({ Name: '/cdk-bootstrap/hnb659fds/version', Value: '30', Type: 'String' });
  }
  s3.destroy();
  ssm.destroy();
}
