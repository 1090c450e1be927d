import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import { nat } from '../../corpus/network-facts.ts';
import type { ElasticIp } from '../../find/elastic-ips.ts';
import check from './elastic-ip.ts';

const ip = (n: number, properties: Partial<ElasticIp> = {}): Resource<ElasticIp> => ({
  type: 'AWS::EC2::EIP',
  id: `eipalloc-${n}`,
  arn: null,
  name: null,
  parent: null,
  relations: {},
  origin: 'console',
  properties: { address: `203.0.113.${n}`, networkInterface: `eni-${n}`, stack: null, ...properties },
});
const facts = { nats: [nat('nat-1')], own: 'blog-aws-practice' };

test('the NAT gateway’s own passes, and so do those that something else uses', () => {
  expect(check.judge({ ...facts, ips: [ip(1), ip(2)] })).toMatchObject({ status: 'pass', evidence: '203.0.113.1' });
});

test('one that nothing uses is named by address and id, with the command that releases it', () => {
  expect(check.judge({ ...facts, ips: [ip(1), ip(2, { networkInterface: null })] })).toMatchObject({
    status: 'fail',
    evidence: 'どこにも使われていない Elastic IP があります: 203.0.113.2（eipalloc-2）。',
    fix: { cli: 'aws ec2 release-address --allocation-id eipalloc-2' },
  });
});

test('one that a deleted NAT gateway has left behind counts as unused', () => {
  const nats = [nat('nat-1'), nat('nat-0', { state: 'deleted', allocations: ['eipalloc-2'] })];
  expect(check.judge({ ...facts, nats, ips: [ip(1), ip(2)] })).toMatchObject({ status: 'fail' });
});

test('another stack’s is nobody’s mistake here, our own stack’s is', () => {
  const left = (stack: string) => check.judge({ ...facts, ips: [ip(1), ip(2, { networkInterface: null, stack })] });
  expect(left('somebody-elses')).toMatchObject({ status: 'pass' });
  expect(left('blog-aws-practice')).toMatchObject({ status: 'fail' });
});
