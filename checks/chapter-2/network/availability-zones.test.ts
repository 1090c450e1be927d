import { expect, test } from 'vitest';
import { privates, publics, subnet } from '../../corpus/network-facts.ts';
import check from './availability-zones.ts';

test('one pair in each of two zones passes, in whatever order', () => {
  expect(check.judge({ publics, privates })).toMatchObject({ status: 'pass' });
  const crossed = [subnet('10.0.11.0/24', 'c'), subnet('10.0.12.0/24', 'a')];
  expect(check.judge({ publics, privates: crossed })).toMatchObject({ status: 'pass' });
});

test('two in one zone are named, and the second is to be made again in the free one', () => {
  const { status, evidence, fix } = check.judge({
    publics,
    privates: [subnet('10.0.11.0/24', 'a'), subnet('10.0.12.0/24', 'a')],
  });
  expect(status).toBe('fail');
  expect(evidence).toContain('プライベートサブネットが2つとも ap-northeast-1a にあります');
  expect(fix?.cli).toContain('delete-subnet --subnet-id subnet-12');
  expect(fix?.cli).toContain('--cidr-block 10.0.12.0/24 --availability-zone ap-northeast-1c');
});

test('a private subnet in a zone that the load balancer doesn’t reach is named', () => {
  const { status, evidence, fix } = check.judge({
    publics,
    privates: [subnet('10.0.11.0/24', 'a'), subnet('10.0.12.0/24', 'd')],
  });
  expect(status).toBe('fail');
  expect(evidence).toContain('10.0.12.0/24（subnet-12、ap-northeast-1d）のゾーンに、パブリックサブネットがありません');
  expect(fix?.cli).toContain('--availability-zone ap-northeast-1c');
});

test('a Local Zone is no availability zone', () => {
  const local = [subnet('10.0.11.0/24', 'a'), subnet('10.0.12.0/24', '-tpe-1a')];
  expect(check.judge({ publics, privates: local })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('Local Zone'),
  });
});
