import { expect, test } from 'vitest';
import { aclGaps, type Flow } from './acl-gaps.ts';
import type { AclRule } from './network-acls.ts';

const rule = (
  number: number,
  action: AclRule['action'],
  ports: AclRule['ports'],
  rest: Partial<AclRule> = {},
): AclRule => ({
  number,
  direction: 'in',
  action,
  protocol: 6,
  cidr: '0.0.0.0/0',
  ports,
  ...rest,
});
const replies: Flow = { direction: 'in', peer: '0.0.0.0/0', ports: [1024, 65_535] };
const star = rule(32_767, 'deny', [0, 65_535], { protocol: 'all' });

test('the first rule that names a port decides', () => {
  expect(aclGaps([rule(10, 'allow', [0, 65_535]), rule(20, 'deny', [2000, 3000]), star], replies)).toEqual([]);
  expect(aclGaps([rule(10, 'deny', [2000, 3000]), rule(20, 'allow', [0, 65_535]), star], replies)).toEqual([
    { ports: [2000, 3000], rule: 10 },
  ]);
});

test('several rules together let a flow through; what none of them names is stopped by *', () => {
  expect(aclGaps([rule(10, 'allow', [1024, 40_000]), rule(20, 'allow', [40_001, 65_535]), star], replies)).toEqual([]);
  expect(aclGaps([rule(10, 'allow', [1024, 40_000]), star], replies)).toEqual([
    { ports: [40_001, 65_535], rule: null },
  ]);
  expect(aclGaps([], replies)).toEqual([{ ports: [1024, 65_535], rule: null }]);
});

test('a rule for all protocols covers every port; one for UDP covers none', () => {
  expect(aclGaps([rule(10, 'allow', [0, 0], { protocol: 'all' })], replies)).toEqual([]);
  expect(aclGaps([rule(10, 'allow', [0, 65_535], { protocol: 17 })], replies)).toHaveLength(1);
});

test('a rule for a part of the peers neither stops nor lets through the whole', () => {
  const some = { cidr: '203.0.113.0/24' };
  expect(aclGaps([rule(10, 'deny', [0, 65_535], some), rule(20, 'allow', [0, 65_535])], replies)).toEqual([]);
  expect(aclGaps([rule(10, 'allow', [0, 65_535], some), star], replies)).toHaveLength(1);
});

test('the other direction doesn’t count', () => {
  expect(aclGaps([rule(10, 'allow', [0, 65_535], { direction: 'out' })], replies)).toHaveLength(1);
});
