import { describe, expect, test } from 'vitest';
import { service, task } from '../../corpus/example-task.ts';
import { roleFacts, statement } from '../../corpus/role-facts.ts';
import { releaseCalls } from '../../find/release-calls.ts';
import type { Statement } from '../../find/roles.ts';
import check, { decided } from './permissions.ts';

const facts = { service: service(), task: task(), repository: 'milk' };
const calls = releaseCalls(facts);

const allow = (actions: string[], resources: string[], conditions: Statement['conditions'] = {}) =>
  statement({ actions, resources, conditions });
const role = (statements: Statement[]) => roleFacts('milkman', { statements });
const passed = { StringEquals: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com'] } };
const exact = calls.map(({ action, resource }) => allow([action], [resource], action === 'iam:PassRole' ? passed : {}));
const judged = async (statements: Statement[]) => check.judge(await decided(role(statements), facts));

test('the workflow’s exact calls pass, without a word of advice', async () => {
  expect(await judged(exact)).toEqual({
    status: 'pass',
    evidence: 'milkman は、公開に要る 17 の操作だけをできます。',
    resources: [role(exact)],
  });
});

describe('whatever is missing is named', () => {
  test.each(calls.map(({ action, resource }) => [action, resource]))('%s on %s', async (action, resource) => {
    const rest = exact.filter(({ actions, resources }) => !(actions.includes(action) && resources.includes(resource)));
    expect(await judged(rest)).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining(`${action}（${resource}）`),
    });
  });
});

test.each([
  ['PassRole on *', allow(['iam:PassRole'], ['*'], passed), 'iam:PassRole'],
  ['everything', allow(['*'], ['*']), 'iam:CreateAccessKey'],
  ['all of ECS', allow(['ecs:*'], ['*']), 'ecs:DeleteCluster'],
  ['a push to any repository', allow(['ecr:*'], ['*']), 'ecr:PutImage'],
  ['any service', allow(['ecs:UpdateService'], ['arn:aws:ecs:*:*:service/*']), 'ecs:UpdateService'],
  ['any task', allow(['ecs:RunTask'], ['*']), 'ecs:RunTask'],
  ['secrets', allow(['secretsmanager:GetSecretValue'], ['*']), 'シークレット'],
])('%s is too much', async (_name, more, words) => {
  expect(await judged([...exact, more])).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(words),
    expected: expect.stringContaining('だけ'),
  });
});

test('a wrong cluster in the policy is told as what is missing', async () => {
  const wrong = exact.map((one) => ({
    ...one,
    resources: one.resources.map((arn) => arn.replace('service/farm/', 'service/frm/')),
  }));
  expect(await judged(wrong)).toMatchObject({ status: 'fail', evidence: expect.stringContaining('ecs:UpdateService') });
});

test('PassRole to anybody is advice', async () => {
  const open = exact.map((one) => ({ ...one, conditions: {} }));
  expect(await judged(open)).toMatchObject({ status: 'pass', advice: expect.stringContaining('iam:PassedToService') });
});

test.each([
  [
    'a role passed to another service only',
    'iam:PassRole',
    { StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com'] } },
  ],
  ['tasks in another cluster only', 'ecs:RunTask', { ArnEquals: { 'ecs:cluster': ['arn:aws:ecs:r:1:cluster/other'] } }],
])('%s is told as what is missing', async (_name, action, conditions) => {
  const wrong = exact.map((one) => (one.actions.includes(action) ? { ...one, conditions } : one));
  expect(await judged(wrong)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(action) });
});
