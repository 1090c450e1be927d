import { expect, test } from 'vitest';
import { emptyAccount } from '../../corpus/empty-account.ts';
import { aws, denied, said } from '../../corpus/recorded.ts';
import { left } from '../../left/left.ts';
import check from './elastic-ips.ts';

test('an empty account passes', async () => {
  expect(await said(check, emptyAccount)).toMatchObject({ status: 'pass' });
});

test('what is left is named, with its price and the command', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws('ec2', 'describeAddresses', {}, { Addresses: [{ AllocationId: 'eipalloc-1', PublicIp: '203.0.113.1' }] }),
  ]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(
      '・Elastic IP アドレス eipalloc-1（203.0.113.1）: 1か月約$3.65（約548円）。だれのものか、名前からは決められません',
    ),
    fix: { cli: expect.stringContaining('release-address --allocation-id eipalloc-1') },
  });
});

test('what is somebody else’s is listed, and nothing to mend', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'ec2',
      'describeAddresses',
      {},
      {
        Addresses: [
          { AllocationId: 'eipalloc-2', PublicIp: '203.0.113.2', AssociationId: 'a', NetworkInterfaceId: 'eni-1' },
        ],
      },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^この環境のものではないので触りません: .*eipalloc-2（203\.0\.113\.2）/),
  });
});

test('an action that is denied is said, and never green', async () => {
  const judgement = await said(check, [...emptyAccount, denied(aws('ec2', 'describeAddresses', {}, null))]);
  expect(judgement).toMatchObject({ name: 'AccessDenied', status: 403 });
});

test('with a prefix, one without a name is somebody else’s', () => {
  const loose = { type: 'AWS::EC2::EIP', id: 'eipalloc-1', arn: null, name: null, parent: null, relations: {} };
  const resource = { ...loose, origin: 'console' as const, properties: {} };
  const found = [left(resource, 'unclear', 'Elastic IP アドレス', [])];
  expect(check.judge({ found, prefix: 'tanaka' })).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('eipalloc-1'),
  });
});
