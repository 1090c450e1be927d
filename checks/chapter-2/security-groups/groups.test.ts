import { expect, test } from 'vitest';
import { alb, ecs, group, rds, tcp } from '../../corpus/group-facts.ts';
import check from './groups.ts';

const facts = { vpc: 'vpc-1', elsewhere: [] };

test('all three pass', () => {
  expect(check.judge({ ...facts, here: [alb, ecs, rds], roles: { alb, ecs, rds } })).toMatchObject({ status: 'pass' });
});

test('what is missing is named by its part; a group that stands in for it is named too', () => {
  const both = group('sg-ecs', [tcp(4000, 'sg-alb'), tcp(5432, 'sg-alb')]);
  const { status, evidence } = check.judge({ ...facts, here: [alb, both], roles: { alb, ecs: both } });
  expect(status).toBe('fail');
  expect(evidence).toContain('データベース（RDS）用のセキュリティグループが見つかりません');
  expect(evidence).toContain('sg-ecs（x）が、2つの役割を兼ねています');
});

test('one in another VPC, and one without rules, are named', () => {
  const abroad = group('sg-abroad', [tcp(5432, 'sg-z')], [], { parent: 'vpc-2' });
  const blank = group('sg-blank', []);
  const { evidence } = check.judge({ ...facts, here: [alb, ecs, blank], elsewhere: [abroad], roles: { alb, ecs } });
  expect(evidence).toContain('sg-abroad（x）は、別の VPC vpc-2 にあります');
  expect(evidence).toContain('sg-blank（x）には、インバウンドルールがありません');
});
