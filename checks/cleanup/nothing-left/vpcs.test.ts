import { expect, test } from 'vitest';
import { emptyAccount, vpcsAre } from '../../corpus/empty-account.ts';
import { aws, denied, said } from '../../corpus/recorded.ts';
import check from './vpcs.ts';

test('an empty account passes', async () => {
  expect(await said(check, emptyAccount)).toMatchObject({ status: 'pass' });
});

test('what is left is named, with its price and the command', async () => {
  const judgement = await said(check, [...emptyAccount, vpcsAre({ VpcId: 'vpc-1', name: 'blog-aws-practice-vpc' })]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('・VPC vpc-1（blog-aws-practice-vpc）: 料金はかかりません'),
    fix: { cli: expect.stringContaining('delete-vpc --vpc-id vpc-1') },
  });
});

test('what is somebody else’s is listed, and nothing to mend', async () => {
  const judgement = await said(check, [...emptyAccount, vpcsAre({ VpcId: 'vpc-2', stack: 'company' })]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^この環境のものではないので触りません: .*VPC vpc-2/),
  });
});

test('an action that is denied is said, and never green', async () => {
  const judgement = await said(check, [...emptyAccount, denied(aws('ec2', 'describeVpcs', {}, null))]);
  expect(judgement).toMatchObject({ name: 'AccessDenied', status: 403 });
});
