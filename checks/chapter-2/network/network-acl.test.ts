import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import { privates, publics } from '../../corpus/network-facts.ts';
import type { AclRule, NetworkAcl } from '../../find/network-acls.ts';
import check from './network-acl.ts';

const last = (direction: AclRule['direction']): AclRule => ({
  number: 32_767,
  direction,
  action: 'deny',
  protocol: 'all',
  cidr: '0.0.0.0/0',
  ports: [0, 65_535],
});
const allow = (direction: AclRule['direction'], number: number, ports: AclRule['ports']): AclRule => ({
  ...last(direction),
  number,
  action: 'allow',
  protocol: 6,
  ports,
});
const acl = (id: string, subnets: string[], rules: AclRule[]): Resource<NetworkAcl> => ({
  type: 'AWS::EC2::NetworkAcl',
  id,
  arn: null,
  name: null,
  parent: 'vpc-1',
  relations: {},
  origin: 'console',
  properties: { isDefault: false, subnets, rules: [...rules, last('in'), last('out')] },
});
const everything = [allow('in', 100, [0, 65_535]), allow('out', 100, [0, 65_535])];
const four = [...publics, ...privates].map(({ id }) => id);

test('one that allows everything passes', () => {
  expect(check.judge({ publics, privates, acls: [acl('acl-1', four, everything)] })).toMatchObject({ status: 'pass' });
});

test('closed ephemeral ports are named with subnet, traffic, ports and rule', () => {
  const acls = [
    acl('acl-1', ['subnet-1', 'subnet-2', 'subnet-11'], everything),
    acl('acl-2', ['subnet-12'], [allow('in', 100, [0, 32_000]), allow('out', 100, [0, 65_535])]),
  ];
  const { status, evidence, fix } = check.judge({ publics, privates, acls });
  expect(status).toBe('fail');
  expect(evidence).toContain('ネットワーク ACL acl-2 が、サブネット 10.0.12.0/24（subnet-12）で');
  expect(evidence).toContain('外からの応答の受信（TCP 32768-60999、ルール *）');
  expect(evidence).not.toContain('acl-1');
  expect(fix?.cli).toBe(
    'aws ec2 create-network-acl-entry --network-acl-id acl-2 --ingress --rule-number 99 --protocol -1 --cidr-block 0.0.0.0/0 --rule-action allow',
  );
});
