import { expect, test } from 'vitest';
import { longestChain } from './chain.ts';

const call = (action: string, body: string, answer = '') => ({ action, body, answer, at: 0, took: 100 });
const chain = (...seen: ReturnType<typeof call>[]) => longestChain(seen).map(({ action }) => action);

const services = call('ListServices', '', 'arn:aws:ecs:ap-northeast-1:200000000001:service/farm/cows');
const task = call(
  'DescribeTaskDefinition',
  '{"taskDefinition":"arn:aws:ecs:ap-northeast-1:200000000001:task-definition/cows:1"}',
  'arn:aws:iam::200000000001:role/farmer',
);
const tasks = call(
  'DescribeServices',
  '{"services":["arn:aws:ecs:ap-northeast-1:200000000001:service/farm/cows"]}',
  'arn:aws:ecs:ap-northeast-1:200000000001:task-definition/cows:1',
);

test('calls that know nothing of each other are no chain', () => {
  expect(chain(services, call('DescribeVpcs', ''))).toEqual(['ListServices']);
});

test('an ARN, and a name that is known from one, come from the call that told it', () => {
  const role = call('GetRole', 'Action=GetRole&RoleName=farmer');
  expect(chain(services, tasks, task, role)).toEqual([
    'ListServices',
    'DescribeServices',
    'DescribeTaskDefinition',
    'GetRole',
  ]);
});

test('a family that is asked for by its name is as far from the start as the revision that told it', () => {
  const newest = call('DescribeTaskDefinition', '{"taskDefinition":"cows"}', 'arn:aws:iam::200000000001:role/farmer');
  const role = call('GetRole', 'Action=GetRole&RoleName=farmer');
  expect(chain(services, tasks, newest, role)).toHaveLength(4);
});

test('of two answers that tell the same, the nearer one counts', () => {
  const near = call('DescribeVpcs', '', 'vpc-0123456789abcdef0');
  const far = call('DescribeSubnets', 'VpcId=vpc-0123456789abcdef0', 'vpc-0123456789abcdef0');
  expect(chain(near, far, call('DescribeRouteTables', 'VpcId=vpc-0123456789abcdef0'))).toHaveLength(2);
});
