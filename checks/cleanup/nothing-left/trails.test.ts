import { expect, test } from 'vitest';
import { emptyAccount } from '../../corpus/empty-account.ts';
import { aws, denied, said } from '../../corpus/recorded.ts';
import check from './trails.ts';

test('an empty account passes', async () => {
  expect(await said(check, emptyAccount)).toMatchObject({ status: 'pass' });
});

test('what is left is named, with its price and the command', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'cloudtrail',
      'describeTrails',
      {},
      { trailList: [{ Name: 'blog-aws-practice-trail', TrailARN: 'arn:t', S3BucketName: 'records' }] },
    ),
    aws('cloudtrail', 'getTrailStatus', { Name: 'arn:t' }, { IsLogging: true }),
    aws('s3', 'listBuckets', {}, { Buckets: [{ Name: 'records' }] }),
  ]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('・証跡 blog-aws-practice-trail: 料金はかかりません'),
    fix: { cli: expect.stringContaining('delete-trail --name blog-aws-practice-trail') },
  });
});

test('what is somebody else’s is listed, and nothing to mend', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'cloudtrail',
      'describeTrails',
      {},
      { trailList: [{ Name: 'company', TrailARN: 'arn:c', S3BucketName: 'company' }] },
    ),
    aws('cloudtrail', 'getTrailStatus', { Name: 'arn:c' }, { IsLogging: true }),
  ]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^この環境のものではないので触りません: .*証跡 company/),
  });
});

test('an action that is denied is said, and never green', async () => {
  const judgement = await said(check, [...emptyAccount, denied(aws('cloudtrail', 'describeTrails', {}, null))]);
  expect(judgement).toMatchObject({ name: 'AccessDenied', status: 403 });
});

test('the bucket with the records may stay after its trail', async () => {
  const list = aws(
    's3',
    'listBuckets',
    {},
    { Buckets: [{ Name: 'blog-aws-practice-guardrailslogs-1' }, { Name: 'shop' }] },
  );
  const judgement = await said(check, [...emptyAccount, list]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^残しておいてよいもの: S3 バケット blog-aws-practice-guardrailslogs-1.*$/),
  });
});
