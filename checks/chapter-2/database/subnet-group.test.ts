import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import { privates, publics } from '../../corpus/network-facts.ts';
import type { SubnetGroup } from '../../find/subnet-groups.ts';
import check from './subnet-group.ts';

const group = (id: string, subnets: string[]): Resource<SubnetGroup> => ({
  type: 'AWS::RDS::DBSubnetGroup',
  id,
  arn: null,
  name: id,
  parent: 'vpc-1',
  relations: {},
  origin: 'console',
  properties: { vpc: 'vpc-1', subnets },
});
const judge = (...groups: Resource<SubnetGroup>[]) =>
  check.judge({ vpc: 'vpc-1', all: [...publics, ...privates], groups });

test('the two private subnets pass, and a wrong group beside the right one doesn’t matter before there is a cluster', () => {
  const right = group('private', ['subnet-11', 'subnet-12']);
  expect(judge(right)).toMatchObject({ status: 'pass' });
  expect(judge(group('all', ['subnet-1', 'subnet-2', 'subnet-11', 'subnet-12']), right)).toMatchObject({
    status: 'pass',
  });
});

test('a public subnet in it is named, and left out by the command', () => {
  expect(judge(group('mixed', ['subnet-1', 'subnet-11', 'subnet-12']))).toMatchObject({
    status: 'fail',
    evidence: 'DB サブネットグループ mixed に、パブリックサブネット 10.0.1.0/24（subnet-1）が入っています。',
    fix: {
      cli: 'aws rds modify-db-subnet-group --db-subnet-group-name mixed --subnet-ids subnet-11 subnet-12',
    },
  });
});

test('one zone is not enough; none at all is said plainly', () => {
  expect(judge(group('one', ['subnet-11']))).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('2つのゾーンにまたがっていません'),
  });
  expect(judge()).toMatchObject({ status: 'fail', evidence: 'VPC vpc-1 に、DB サブネットグループがありません。' });
});
