import { expect, test } from 'vitest';
import { emptyAccount, vpcsAre } from '../corpus/empty-account.ts';
import { failed, recordedWorld } from '../corpus/recorded.ts';
import type { Choice } from '../world.ts';
import { nameTeller, ownership } from './whose.ts';

test.each([
  ['', 'blog-aws-practice-alb', 'ours'],
  ['', 'blog-aws-practice', 'ours'],
  ['', '/ecs/blog-aws-practice-server', 'ours'],
  ['', 'BLOG-AWS-PRACTICE-snapshot', 'ours'],
  ['', 'tanaka-blog-aws-practice-alb', 'others'],
  ['', '/ecs/tanaka-blog-aws-practice-server', 'others'],
  ['', 'blog-aws-practices', null],
  ['', 'shop', null],
  ['tanaka', 'tanaka-blog-aws-practice-alb', 'ours'],
  ['tanaka', 'tanaka-vpc', 'ours'],
  ['tanaka', '/ecs/tanaka-blog-aws-practice-server', 'ours'],
  ['tanaka', 'blog-aws-practice-alb', 'others'],
  ['tanaka', 'yamada-blog-aws-practice-alb', 'others'],
  ['tanaka', 'my-tanaka-vpc', null],
])('with the prefix "%s", %s is %s', (prefix, name, whose) => {
  expect(nameTeller(prefix)(name)).toBe(whose);
});

async function tellerOf(vpcs: Parameters<typeof vpcsAre>, choice: Partial<Choice> = {}) {
  const { choice: base, ...world } = recordedWorld([...emptyAccount, vpcsAre(...vpcs)]);
  return ownership({ ...world, choice: { ...base, ...choice } });
}

test('a VPC that only has the plan’s range is unclear, and so is what lives in it', async () => {
  const tell = await tellerOf([{ VpcId: 'vpc-1' }]);
  expect(tell({ vpcs: ['vpc-1'] })).toBe('unclear');
  expect(tell({ vpcs: ['vpc-1'], names: ['blog-aws-practice-alb'] })).toBe('ours');
  expect(tell({ vpcs: ['vpc-1'], names: ['tanaka-blog-aws-practice-alb'] })).toBe('others');
});

test('the VPC that was chosen is ours', async () => {
  const tell = await tellerOf([{ VpcId: 'vpc-1' }, { VpcId: 'vpc-2' }], { vpc: 'vpc-2', vpcFrom: 'flag' });
  expect(tell({ vpcs: ['vpc-2'] })).toBe('ours');
});

test('what another stack made is somebody else’s, whatever it is called', async () => {
  const tell = await tellerOf([{ VpcId: 'vpc-1', name: 'blog-aws-practice-vpc', stack: 'company' }]);
  expect(tell({ vpcs: ['vpc-1'] })).toBe('others');
  expect(tell({ stack: 'company', names: ['blog-aws-practice-alb'] })).toBe('others');
});

test('what the ECS console’s stack made belongs to whose service it is for', async () => {
  const tell = await tellerOf([]);
  expect(tell({ stack: 'ECS-Console-V2-Service-blog-aws-practice-service-farm-1a2b' })).toBe('ours');
  expect(tell({ stack: 'ECS-Console-V2-Service-tanaka-blog-aws-practice-service-1a2b' })).toBe('others');
});

test('with a prefix, what only has the plan’s range is somebody else’s', async () => {
  const noStack = emptyAccount.find(({ action }) => action === 'cloudformation:ListStackResources');
  const input = { method: 'listStackResources', StackName: 'tanaka-blog-aws-practice' };
  const failure = { name: 'ValidationError', message: 'Stack does not exist', status: 400 };
  const other = failed({ port: 'aws', action: noStack?.action ?? '', input }, failure);
  const { choice, ...world } = recordedWorld([...emptyAccount, other, vpcsAre({ VpcId: 'vpc-1' })]);
  const tell = await ownership({ ...world, choice: { ...choice, prefix: 'tanaka' } });
  expect(tell({ vpcs: ['vpc-1'] })).toBe('others');
  expect(tell({ names: ['tanaka-alb'] })).toBe('ours');
});

test('what something of ours uses is ours; a VPC that is gone tells nothing', async () => {
  const tell = await tellerOf([]);
  expect(tell({ users: ['others', 'ours'] })).toBe('ours');
  expect(tell({ users: ['unclear'] })).toBe('unclear');
  expect(tell({ vpcs: ['vpc-gone'] }, 'unclear')).toBe('unclear');
  expect(tell({})).toBe('others');
});
