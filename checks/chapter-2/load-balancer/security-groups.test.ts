import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import type { GroupRule, SecurityGroup } from '../../find/security-groups.ts';
import check from './security-groups.ts';

const group = (id: string, rules: GroupRule[], isDefault = false): Resource<SecurityGroup> => ({
  type: 'AWS::EC2::SecurityGroup',
  id,
  arn: null,
  name: isDefault ? 'default' : 'alb',
  parent: 'vpc-1',
  relations: {},
  origin: 'console',
  properties: { isDefault, description: '', in: rules, out: [] },
});
const open = (port: number): GroupRule => ({
  protocol: 'tcp',
  ports: [port, port],
  peer: { kind: 'ipv4', cidr: '0.0.0.0/0' },
});
const fromCloudFront: GroupRule = { protocol: 'tcp', ports: [80, 80], peer: { kind: 'prefix-list', id: 'pl-1' } };
const judge = (attached: Resource<SecurityGroup>[], way: 'domain' | 'cloudfront' = 'domain') =>
  check.judge({ balancer: undefined, attached, way });

test('80 and 443 open to everybody passes, in one group or in two', () => {
  expect(judge([group('sg-1', [open(80), open(443)])]).status).toBe('pass');
  expect(judge([group('sg-1', [open(80)]), group('sg-2', [open(443)])]).status).toBe('pass');
});

test('without a domain CloudFront’s prefix list on 80 is enough', () => {
  expect(judge([group('sg-1', [fromCloudFront])], 'cloudfront').status).toBe('pass');
});

test('the default group alone is named with the ports that it keeps shut', () => {
  const { status, evidence } = judge([group('sg-9', [], true)]);
  expect(status).toBe('fail');
  expect(evidence).toContain('sg-9');
  expect(evidence).toContain('80番と443番');
});

test('443 forgotten is named', () => {
  expect(judge([group('sg-1', [open(80)])])).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('は、443番'),
  });
});

test('the default group beside the right one fails', () => {
  const both = [group('sg-1', [open(80), open(443)]), group('sg-9', [], true)];
  expect(judge(both)).toMatchObject({ status: 'fail', evidence: expect.stringContaining('sg-9') });
});
