import { expect, test } from 'vitest';
import check from './public-subnets.ts';

type Facts = Parameters<typeof check.judge>[0];

const on = (id: string, zone: string, open: boolean): Facts['own'][number] => ({
  open,
  subnet: {
    type: 'AWS::EC2::Subnet',
    id,
    arn: null,
    name: null,
    parent: 'vpc-1',
    relations: {},
    origin: 'console',
    properties: { cidr: '10.0.1.0/24', zone, state: 'available' },
  },
});
const judge = (...own: Facts['own']) => check.judge({ balancer: undefined, own });

test('two public subnets in two zones pass', () => {
  expect(judge(on('subnet-1', 'a', true), on('subnet-2', 'c', true)).status).toBe('pass');
});

test('a private subnet is named', () => {
  const { status, evidence } = judge(on('subnet-1', 'a', true), on('subnet-9', 'c', false));
  expect(status).toBe('fail');
  expect(evidence).toContain('subnet-9');
  expect(evidence).not.toContain('subnet-1');
});

test('a single zone fails', () => {
  expect(judge(on('subnet-1', 'a', true))).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('は a だけ'),
  });
});
