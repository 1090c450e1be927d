import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import { service } from '../../corpus/example-task.ts';
import type { SecurityGroup } from '../../find/security-groups.ts';
import check from './placement.ts';

type Facts = Parameters<typeof check.judge>[0];

const group = (port: number, isDefault = false): Resource<SecurityGroup> => ({
  type: 'AWS::EC2::SecurityGroup',
  id: `sg-${port}`,
  arn: null,
  name: 'barn',
  parent: 'vpc-1',
  relations: {},
  origin: 'console',
  properties: {
    isDefault,
    description: '',
    in: [{ protocol: 'tcp', ports: [port, port], peer: { kind: 'group', id: 'sg-1' } }],
    out: [],
  },
});
const placed = [{ id: 'subnet-1', cidr: '10.0.11.0/24', way: 'nat-1' }];
const judge = (facts: Partial<Facts>) => check.judge({ service: service(), placed, attached: [group(4000)], ...facts });

test('private subnets and a group that lets 4000 in pass', () => {
  expect(judge({}).status).toBe('pass');
});

test.each<[string, Partial<Facts>, string]>([
  ['another VPC’s subnet', { placed: [{ id: 'subnet-9', cidr: null, way: null }] }, 'subnet-9 は、別の VPC'],
  ['a public subnet', { placed: [{ id: 'subnet-1', cidr: '10.0.1.0/24', way: 'igw-1' }] }, '10.0.1.0/24（subnet-1）'],
  ['a public address', { service: service({ publicIp: true }) }, 'パブリック IP'],
  ['the default group', { attached: [group(4000, true)] }, 'sg-4000'],
  ['a group for another port', { attached: [group(80)] }, 'sg-80'],
])('%s fails', (_name, facts, words) => {
  expect(judge(facts)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});
