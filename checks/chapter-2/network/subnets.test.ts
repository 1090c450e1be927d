import { expect, test } from 'vitest';
import { privates, publics, subnet } from '../../corpus/network-facts.ts';
import check from './subnets.ts';

const facts = { here: [...publics, ...privates], elsewhere: [], region: 'ap-northeast-1' };

test('the plan’s four pass, and a fifth doesn’t matter', () => {
  expect(check.judge(facts)).toMatchObject({ status: 'pass' });
  expect(check.judge({ ...facts, here: [...facts.here, subnet('10.0.5.0/24', 'd')] })).toMatchObject({
    status: 'pass',
  });
});

test('a slip in the range is named on both sides, with the commands that mend it', () => {
  const here = [...publics.slice(0, 1), subnet('10.0.3.0/24', 'c'), ...privates];
  const { status, evidence, fix } = check.judge({ ...facts, here });
  expect(status).toBe('fail');
  expect(evidence).toContain('パブリックサブネット 10.0.2.0/24 がありません');
  expect(evidence).toContain('計画にないサブネット 10.0.3.0/24（subnet-3、ap-northeast-1c）');
  expect(fix?.cli).toBe(
    'aws ec2 delete-subnet --subnet-id subnet-3\naws ec2 create-subnet --vpc-id vpc-1 --cidr-block 10.0.2.0/24 --availability-zone ap-northeast-1c',
  );
});

test('one that is in the way is said to be', () => {
  const { evidence } = check.judge({ ...facts, here: [...publics, subnet('10.0.11.0/25', 'a'), ...privates.slice(1)] });
  expect(evidence).toContain('subnet-11 は範囲が重なるため');
});

test('one in another VPC is found there', () => {
  const elsewhere = [subnet('10.0.12.0/24', 'c', 'vpc-2')];
  const { evidence } = check.judge({ ...facts, here: [...publics, ...privates.slice(0, 1)], elsewhere });
  expect(evidence).toContain('別の VPC vpc-2 にあります');
});

test('one that is just being made is no mistake', () => {
  const [first, ...rest] = facts.here;
  if (!first) throw new Error('the plan has subnets');
  const making = { ...first, properties: { ...first.properties, state: 'pending' } };
  expect(check.judge({ ...facts, here: [making, ...rest] })).toMatchObject({ status: 'pending' });
});
