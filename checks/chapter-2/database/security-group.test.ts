import { expect, test } from 'vitest';
import { cluster } from '../../corpus/database-facts.ts';
import { group, rds, tcp } from '../../corpus/group-facts.ts';
import check from './security-group.ts';

const standard = group('sg-default', [], [], { name: 'default' });
standard.properties.isDefault = true;
const judge = (...attached: ReturnType<typeof group>[]) => check.judge({ cluster: cluster(), attached, rds });

test('the database’s own group passes, and one that lets nothing in doesn’t matter', () => {
  expect(judge(rds)).toMatchObject({ status: 'pass' });
  expect(judge(rds, group('sg-out', []))).toMatchObject({ status: 'pass' });
});

test('the default group in its place is named with the one that is missing', () => {
  const { status, evidence, fix } = judge(standard);
  expect(status).toBe('fail');
  expect(evidence).toContain('データベース用のグループ sg-rds が付いていません。付いているのは sg-default（default）');
  expect(fix?.cli).toContain('--vpc-security-group-ids sg-rds');
});

test('one beside it that opens the port to others is named', () => {
  expect(judge(rds, group('sg-wide', [tcp(5432, '0.0.0.0/0')]))).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('sg-wide（x）は、5432 番への通信を別の相手からも通します'),
  });
});
