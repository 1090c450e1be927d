import { expect, test } from 'vitest';
import { nat } from '../../corpus/network-facts.ts';
import check from './nat-gateway-count.ts';

test('one passes', () => {
  expect(check.judge({ nats: [nat('nat-1')] })).toMatchObject({ status: 'pass' });
  expect(check.judge({ nats: [] })).toMatchObject({
    status: 'pass',
    evidence: expect.stringContaining('インスタンス'),
  });
});

test('two fail, both named, with the command that removes all but the first', () => {
  expect(check.judge({ nats: [nat('nat-1'), nat('nat-2', { subnet: 'subnet-2' })] })).toMatchObject({
    status: 'fail',
    evidence: 'NAT ゲートウェイが2つあります: nat-1（subnet-1）、nat-2（subnet-2）。料金も2つ分かかります。',
    fix: { cli: 'aws ec2 delete-nat-gateway --nat-gateway-id nat-2' },
  });
});
