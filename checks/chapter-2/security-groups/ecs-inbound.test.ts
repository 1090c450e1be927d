import { expect, test } from 'vitest';
import { alb, ecs, group, tcp } from '../../corpus/group-facts.ts';
import check from './ecs-inbound.ts';

test('4000 from the load balancer’s group alone passes', () => {
  expect(check.judge({ alb, ecs })).toMatchObject({ status: 'pass' });
});

test('4000 for the whole VPC beside it fails', () => {
  const open = group('sg-ecs', [tcp(4000, 'sg-alb'), tcp(4000, '10.0.0.0/16')]);
  expect(check.judge({ alb, ecs: open })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('TCP 4000 ← 10.0.0.0/16'),
  });
});
