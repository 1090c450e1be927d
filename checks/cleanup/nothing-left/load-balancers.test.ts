import { expect, test } from 'vitest';
import { emptyAccount } from '../../corpus/empty-account.ts';
import { aws, denied, said } from '../../corpus/recorded.ts';
import check from './load-balancers.ts';

test('an empty account passes', async () => {
  expect(await said(check, emptyAccount)).toMatchObject({ status: 'pass' });
});

test('what is left is named, with its price and the command', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'elbv2',
      'describeLoadBalancers',
      {},
      {
        LoadBalancers: [
          {
            LoadBalancerName: 'blog-aws-practice-alb',
            LoadBalancerArn: 'arn:alb',
            VpcId: 'vpc-default',
            Scheme: 'internet-facing',
            AvailabilityZones: [{ SubnetId: 'a' }, { SubnetId: 'b' }],
          },
        ],
      },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('・ロードバランサー blog-aws-practice-alb: 1か月約$25.04（約3,756円）'),
    fix: { cli: expect.stringContaining('delete-load-balancer --load-balancer-arn arn:alb') },
  });
});

test('what is somebody else’s is listed, and nothing to mend', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'elbv2',
      'describeTargetGroups',
      {},
      { TargetGroups: [{ TargetGroupName: 'shop', TargetGroupArn: 'arn:tg', VpcId: 'vpc-default' }] },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^この環境のものではないので触りません: .*ターゲットグループ shop/),
  });
});

test('an action that is denied is said, and never green', async () => {
  const judgement = await said(check, [...emptyAccount, denied(aws('elbv2', 'describeLoadBalancers', {}, null))]);
  expect(judgement).toMatchObject({ name: 'AccessDenied', status: 403 });
});
