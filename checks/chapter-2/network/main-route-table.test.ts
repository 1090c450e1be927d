import { expect, test } from 'vitest';
import { table } from '../../corpus/network-facts.ts';
import check from './main-route-table.ts';

test('one that leads nowhere, or to the NAT gateway, passes', () => {
  expect(check.judge({ main: table('rtb-main', {}, [], { main: true }) })).toMatchObject({ status: 'pass' });
  const main = table('rtb-main', { '0.0.0.0/0': 'nat-1' }, [], { main: true });
  expect(check.judge({ main })).toMatchObject({ status: 'pass' });
});

test.each([
  ['0.0.0.0/0', '--destination-cidr-block 0.0.0.0/0'],
  ['::/0', '--destination-ipv6-cidr-block ::/0'],
])('one that leads to the internet gateway by %s fails', (destination, option) => {
  const main = table('rtb-main', { [destination]: 'igw-1' }, [], { main: true });
  expect(check.judge({ main })).toMatchObject({
    status: 'fail',
    evidence: `メインルートテーブル rtb-main で ${destination} がインターネットゲートウェイ igw-1 へ向いています。`,
    fix: { cli: `aws ec2 delete-route --route-table-id rtb-main ${option}` },
  });
});
