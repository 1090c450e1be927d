import { expect, test } from 'vitest';
import check from './variables.ts';

const real = {
  AWS_ROLE_ARN: 'arn:aws:iam::1:role/milkman',
  ECR_REPOSITORY: 'milk',
  ECS_CLUSTER: 'farm',
  ECS_SERVICE: 'cows',
};
const facts = { repository: 'hana/blog', environment: 'production' as const, status: 200, set: { ...real }, real };

test('the same values pass; whatever else is set is the learner’s own', () => {
  expect(check.judge(facts)).toMatchObject({ status: 'pass' });
  expect(check.judge({ ...facts, set: { ...real, MORE: 'x' } })).toMatchObject({ status: 'pass' });
});

test.each([
  ['no GitHub repository', { repository: null }, 'origin が GitHub を指していません'],
  ['no environment', { status: 404 }, '環境 production がない'],
  ['nothing set', { set: {} }, 'AWS_ROLE_ARN、ECR_REPOSITORY、ECS_CLUSTER、ECS_SERVICE'],
  ['one empty', { set: { ...real, ECS_SERVICE: '' } }, 'ECS_SERVICE'],
  ['wrong cluster name', { set: { ...real, ECS_CLUSTER: 'frm' } }, 'ECS_CLUSTER は frm ですが、AWS にあるのは farm'],
  [
    'role ARN of the rehearsal',
    { set: { ...real, AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/milkman' } },
    'arn:aws:iam::123456789012:role/milkman',
  ],
])('%s fails', (_name, changes, words) => {
  expect(check.judge({ ...facts, ...changes })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(words),
  });
});

test('the command to mend it has the real value', () => {
  expect(check.judge({ ...facts, set: { ...real, ECS_CLUSTER: 'frm' } }).fix?.cli).toBe(
    'gh variable set ECS_CLUSTER --env production --body farm',
  );
});

test('a rehearsal, into which GitHub never releases, asks for nothing and says so', () => {
  expect(check.judge(null)).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('リハーサルでは見ていません'),
  });
});
