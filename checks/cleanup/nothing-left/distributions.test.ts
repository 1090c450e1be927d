import { expect, test } from 'vitest';
import { emptyAccount } from '../../corpus/empty-account.ts';
import { aws, denied, said } from '../../corpus/recorded.ts';
import check from './distributions.ts';

test('an empty account passes', async () => {
  expect(await said(check, emptyAccount)).toMatchObject({ status: 'pass' });
});

test('what is left is named, with its price and the command', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'cloudfront',
      'listDistributions',
      {},
      {
        DistributionList: {
          Items: [
            {
              Id: 'E1',
              Origins: { Items: [{ DomainName: 'blog-aws-practice-alb-1.ap-northeast-1.elb.amazonaws.com' }] },
            },
          ],
        },
      },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('・CloudFront ディストリビューション E1: 使った量に応じて: CloudFront'),
    fix: { cli: expect.stringContaining('delete-distribution --id E1') },
  });
});

test('what is somebody else’s is listed, and nothing to mend', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'cloudfront',
      'listDistributions',
      {},
      { DistributionList: { Items: [{ Id: 'E2', Origins: { Items: [{ DomainName: 'shop.example.com' }] } }] } },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^この環境のものではないので触りません: .*CloudFront ディストリビューション E2/),
  });
});

test('an action that is denied is said, and never green', async () => {
  const judgement = await said(check, [...emptyAccount, denied(aws('cloudfront', 'listDistributions', {}, null))]);
  expect(judgement).toMatchObject({ name: 'AccessDenied', status: 403 });
});
