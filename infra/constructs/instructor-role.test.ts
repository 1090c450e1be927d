import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import checkerPolicy from '../../docs/checker-policy.json' with { type: 'json' };
import { names } from '../blueprint.ts';
import { InstructorRole } from './instructor-role.ts';

const stack = new Stack(new App(), 'Test');
new InstructorRole(stack, 'InstructorRole', {
  account: '111122223333',
  externalId: 'sakura-class-2026-11',
  policy: checkerPolicy,
  names: names(''),
});
const [role] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role')).map((one) => one.Properties);

test('only that account, and only with the word agreed upon', () => {
  expect(role.AssumeRolePolicyDocument.Statement).toEqual([
    expect.objectContaining({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'sakura-class-2026-11' } },
    }),
  ]);
  expect(JSON.stringify(role.AssumeRolePolicyDocument)).toContain('iam::111122223333:root');
});

test('it may do what the checks do, within the size that IAM takes, and nothing that changes anything', () => {
  const [{ PolicyDocument }] = role.Policies;
  const actions: string[] = PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action);
  const needed = checkerPolicy.Statement.flatMap(({ Action }) => Action);
  expect(actions.toSorted()).toEqual(needed.toSorted());
  expect(
    actions.filter((action) => !/:(Describe|Get|List|View|BatchGet|Simulate|Filter|Lookup|Search)/.test(action)),
  ).toEqual([]);
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: all inline policies of a role together.
  expect(JSON.stringify(PolicyDocument).length).toBeLessThan(10_240);
});
