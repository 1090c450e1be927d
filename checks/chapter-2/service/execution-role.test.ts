import { expect, test } from 'vitest';
import { roleFacts, statement } from '../../corpus/role-facts.ts';
import check from './execution-role.ts';

const role = (id: string, actions: string[], trusted = 'Service: ecs-tasks.amazonaws.com') =>
  roleFacts(id, { trust: [statement({ principals: [trusted] })], statements: [statement({ actions })] });
const needed: [string, string][] = [['secretsmanager:GetSecretValue', 'arn:hay']];
const read = ['secretsmanager:GetSecretValue'];

test('a role that ECS may take on and that may do what is needed passes', () => {
  expect(check.judge({ name: 'farmer', execution: role('farmer', read), task: null, needed, keys: [] }).status).toBe(
    'pass',
  );
});

test('a permission that the task role has instead is told', () => {
  const judged = check.judge({
    name: 'farmer',
    execution: role('farmer', []),
    task: role('cow', read),
    needed,
    keys: [],
  });
  expect(judged).toMatchObject({ status: 'fail', evidence: expect.stringContaining('タスクロール cow のほうに') });
});

test.each([
  ['not named', { name: null, execution: null }, '指定されていません'],
  ['gone', { name: 'farmer', execution: null }, 'farmer がありません'],
  ['for EC2', { name: 'farmer', execution: role('farmer', read, 'Service: ec2.amazonaws.com') }, '信頼ポリシー'],
  [
    'without the permission',
    { name: 'farmer', execution: role('farmer', []) },
    'secretsmanager:GetSecretValue（arn:hay）',
  ],
])('a role that is %s fails', (_name, facts, words) => {
  expect(check.judge({ task: null, needed, keys: [], ...facts })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(words),
  });
});
