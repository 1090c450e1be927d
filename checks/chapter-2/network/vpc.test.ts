import { expect, test } from 'vitest';
import { vpc } from '../../corpus/network-facts.ts';
import check from './vpc.ts';

const standard = vpc('vpc-default', { cidrs: ['172.31.0.0/16'], isDefault: true });
const facts = { all: [standard], chosen: null, region: 'ap-northeast-1', limit: null };

test('the plan’s VPC passes', () => {
  expect(check.judge({ ...facts, found: [vpc('vpc-1')] })).toMatchObject({ status: 'pass' });
});

test('with the default VPC alone, it is named and the region asked about', () => {
  const { status, evidence } = check.judge({ ...facts, found: [] });
  expect(status).toBe('fail');
  expect(evidence).toContain('デフォルト VPC vpc-default だけがありますが、これは使いません');
  expect(evidence).toContain('別のリージョン');
});

test('a VPC with another range is named with it', () => {
  const { evidence } = check.judge({ ...facts, found: [], all: [standard, vpc('vpc-2', { cidrs: ['10.1.0.0/16'] })] });
  expect(evidence).toContain('あるのは vpc-2（10.1.0.0/16） です');
});

test('several candidates are listed, with the command that chooses', () => {
  const { status, evidence, fix } = check.judge({ ...facts, found: [vpc('vpc-1'), vpc('vpc-2')] });
  expect(status).toBe('fail');
  expect(evidence).toContain('vpc-1（10.0.0.0/16）、vpc-2（10.0.0.0/16）');
  expect(fix?.cli).toBe('pnpm check chapter-2 network --vpc vpc-1');
});

test('one that was chosen, but has another range, fails with its range', () => {
  const { evidence } = check.judge({ ...facts, found: [vpc('vpc-3', { cidrs: ['192.168.0.0/16'] })], chosen: 'vpc-3' });
  expect(evidence).toBe('VPC vpc-3 の CIDR は 192.168.0.0/16 です。');
});

test('dedicated tenancy fails, since it costs and Fargate can’t use it', () => {
  const judgement = check.judge({ ...facts, found: [vpc('vpc-1', { tenancy: 'dedicated' })] });
  expect(judgement).toMatchObject({ status: 'fail', fix: { cli: expect.stringContaining('modify-vpc-tenancy') } });
});

test('one that is just being made is no mistake', () => {
  expect(check.judge({ ...facts, found: [vpc('vpc-1', { state: 'pending' })] })).toMatchObject({ status: 'pending' });
});

test('where the account may have no more of them, it is no mistake, and what to ask for is told', () => {
  const all = [standard, vpc('vpc-2', { cidrs: ['10.9.0.0/16'] })];
  expect(check.judge({ ...facts, found: [], all, limit: 2 })).toMatchObject({
    status: 'pending',
    evidence: expect.stringContaining('上限の2個'),
    fix: { console: expect.stringContaining('VPCs per Region') },
  });
  expect(check.judge({ ...facts, found: [], all, limit: 5 }).status).toBe('fail');
});
