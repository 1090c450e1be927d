import { expect, test } from 'vitest';
import { ecs, group, rds, tcp } from '../../corpus/group-facts.ts';
import check from './rds-inbound.ts';

test('5432 from the tasks’ group alone passes', () => {
  expect(check.judge({ ecs, rds })).toMatchObject({ status: 'pass' });
});

test('MySQL’s port fails, and so does everyone', () => {
  expect(check.judge({ ecs, rds: group('sg-rds', [tcp(3306, 'sg-ecs')]) })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('PostgreSQL が待っているのは 5432 番'),
  });
  expect(check.judge({ ecs, rds: group('sg-rds', [tcp(5432, '0.0.0.0/0')]) })).toMatchObject({ status: 'fail' });
});
