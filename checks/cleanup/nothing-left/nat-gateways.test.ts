import { expect, test } from 'vitest';
import { emptyAccount, vpcsAre } from '../../corpus/empty-account.ts';
import { aws, denied, said } from '../../corpus/recorded.ts';
import check from './nat-gateways.ts';

test('an empty account passes', async () => {
  expect(await said(check, emptyAccount)).toMatchObject({ status: 'pass' });
});

test('what is left is named, with its price and the command', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    vpcsAre({ VpcId: 'vpc-1', name: 'blog-aws-practice-vpc' }),
    aws(
      'ec2',
      'describeNatGateways',
      {},
      {
        NatGateways: [
          { NatGatewayId: 'nat-1', VpcId: 'vpc-1', State: 'available' },
          { NatGatewayId: 'nat-0', VpcId: 'vpc-1', State: 'deleted' },
        ],
      },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('・NAT ゲートウェイ nat-1: 1か月約$45.26（約6,789円）'),
    fix: { cli: expect.stringContaining('delete-nat-gateway --nat-gateway-id nat-1') },
  });
});

test('what is somebody else’s is listed, and nothing to mend', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    vpcsAre({ VpcId: 'vpc-2', name: 'tanaka-blog-aws-practice-vpc' }),
    aws(
      'ec2',
      'describeNatGateways',
      {},
      { NatGateways: [{ NatGatewayId: 'nat-2', VpcId: 'vpc-2', State: 'available' }] },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^この環境のものではないので触りません: .*NAT ゲートウェイ nat-2/),
  });
});

test('an action that is denied is said, and never green', async () => {
  const judgement = await said(check, [...emptyAccount, denied(aws('ec2', 'describeNatGateways', {}, null))]);
  expect(judgement).toMatchObject({ name: 'AccessDenied', status: 403 });
});

test('one that is going is no mistake', async () => {
  const NatGateways = [{ NatGatewayId: 'nat-1', VpcId: 'vpc-1', State: 'deleting' }];
  const judgement = await said(check, [
    ...emptyAccount,
    vpcsAre({ VpcId: 'vpc-1', name: 'blog-aws-practice-vpc' }),
    aws('ec2', 'describeNatGateways', {}, { NatGateways }),
  ]);
  expect(judgement).toMatchObject({ status: 'pending', evidence: 'AWS が削除しています: NAT ゲートウェイ nat-1。' });
});
