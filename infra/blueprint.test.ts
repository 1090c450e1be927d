import { stackName } from '@blog-aws-practice/checks/find/stack.ts';
import { PRIVATE_CIDRS, PUBLIC_CIDRS } from '@blog-aws-practice/checks/find/subnets.ts';
import { VPC_CIDR } from '@blog-aws-practice/checks/find/vpcs.ts';
import { expect, test } from 'vitest';
import { blueprint, names } from './blueprint.ts';

// The checks state what they expect where a reader sees it, and never look here; so this holds both to the same plan.

test('the checks look for the ranges that are built', () => {
  expect({ vpc: VPC_CIDR, publicSubnets: PUBLIC_CIDRS, privateSubnets: PRIVATE_CIDRS }).toEqual({
    vpc: blueprint.network.vpc,
    publicSubnets: blueprint.network.publicSubnets,
    privateSubnets: blueprint.network.privateSubnets,
  });
});

test.each(['', 'tanaka'])('the checks look for the stack that is deployed (prefix %j)', (prefix) => {
  expect(stackName(prefix)).toBe(names(prefix).stack);
});
