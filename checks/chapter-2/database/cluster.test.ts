import { expect, test } from 'vitest';
import { cluster } from '../../corpus/database-facts.ts';
import check from './cluster.ts';

const facts = { vpc: 'vpc-1', lone: [] };

test('an available Aurora PostgreSQL passes, while it makes a backup too', () => {
  expect(check.judge({ ...facts, all: [cluster()] })).toMatchObject({ status: 'pass' });
  expect(check.judge({ ...facts, all: [cluster({ status: 'backing-up' })] })).toMatchObject({ status: 'pass' });
});

test('another engine is named', () => {
  expect(check.judge({ ...facts, all: [cluster({ engine: 'aurora-mysql' })] })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('db のエンジンは aurora-mysql'),
  });
});

test('one in another VPC, one without, and a plain instance are told apart', () => {
  const evidence = (
    all: ReturnType<typeof cluster>[],
    lone = facts.lone as { id: string; engine: string; vpc: string }[],
  ) => check.judge({ ...facts, all, lone }).evidence;
  expect(evidence([cluster({ vpc: 'vpc-2' })])).toContain('別の VPC vpc-2 にあります');
  expect(evidence([cluster({ vpc: null })])).toContain('エクスプレス設定');
  expect(evidence([], [{ id: 'plain', engine: 'postgres', vpc: 'vpc-1' }])).toContain('plain は、Aurora ではない');
  expect(evidence([cluster({ vpc: 'vpc-2' }), cluster({ vpc: 'vpc-3' })])).not.toContain('別の VPC');
});

test.each([
  ['creating', 'pending'],
  ['modifying', 'pending'],
  ['stopped', 'fail'],
  ['failed', 'fail'],
  ['inaccessible-encryption-credentials', 'fail'],
])('%s is %s', (status, expected) => {
  expect(check.judge({ ...facts, all: [cluster({ status })] })).toMatchObject({ status: expected });
});
