import { expect, test } from 'vitest';
import { vpc } from '../../corpus/network-facts.ts';
import check from './dns.ts';

test('both on passes', () => {
  expect(check.judge({ vpc: vpc('vpc-1'), support: true, hostnames: true })).toMatchObject({ status: 'pass' });
});

test('what is off is named, with the command for it alone', () => {
  const judgement = check.judge({ vpc: vpc('vpc-1'), support: true, hostnames: false });
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: 'VPC vpc-1 の「DNS ホスト名」が無効になっています。',
    fix: { cli: 'aws ec2 modify-vpc-attribute --vpc-id vpc-1 --enable-dns-hostnames' },
  });
});

test('both off are one failure with two commands', () => {
  const { evidence, fix } = check.judge({ vpc: vpc('vpc-1'), support: false, hostnames: false });
  expect(evidence).toContain('「DNS 解決」と「DNS ホスト名」');
  expect(fix?.cli?.split('\n')).toHaveLength(2);
});
