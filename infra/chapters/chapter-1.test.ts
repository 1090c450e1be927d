import { Budgets } from '@aws-sdk/client-budgets';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { S3 } from '@aws-sdk/client-s3';
import { SNS } from '@aws-sdk/client-sns';
import { MAJOR } from '@blog-aws-practice/checks/chapter-1/database/compose.ts';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BlogStack } from '../blog-stack.ts';
import { blueprint } from '../blueprint.ts';
import { accountId } from '../rehearsal/resource-type.ts';
import { settled, startTrial, type Trial } from '../rehearsal/trial.ts';

/** Chapter 1's template, without the CDK's own parameter. */
function templateOf(context: Record<string, string>): object {
  const stack = new BlogStack(new App({ context: { until: 'chapter-1', ...context } }));
  const { Resources } = Template.fromStack(stack).toJSON();
  return { Resources };
}

let trial: Trial;

beforeAll(async () => {
  trial = await startTrial();
});

afterAll(() => trial.close());

const budgets = async () => (await trial.client(Budgets).describeBudgets({ AccountId: accountId })).Budgets ?? [];

test('the guardrails stand in the rehearsal, follow a change, and go; the logs stay', {
  timeout: 120_000,
}, async () => {
  const email = { alertEmail: 'me@example.com' };
  expect(await trial.deploy('guardrails', templateOf(email))).toEqual({ status: 'CREATE_COMPLETE', reasons: [] });

  expect(await budgets()).toMatchObject([
    { BudgetName: 'blog-aws-practice-monthly', BudgetLimit: { Amount: '20', Unit: 'USD' } },
  ]);
  const { Notifications } = await trial
    .client(Budgets)
    .describeNotificationsForBudget({ AccountId: accountId, BudgetName: 'blog-aws-practice-monthly' });
  expect(Notifications).toHaveLength(3);
  const { Topics = [] } = await trial.client(SNS).listTopics({});
  expect(Topics.map(({ TopicArn }) => TopicArn?.split(':').at(-1))).toEqual(['blog-aws-practice-alerts']);
  const { Subscriptions } = await trial.client(SNS).listSubscriptions({});
  expect(Subscriptions).toMatchObject([{ Protocol: 'email', Endpoint: 'me@example.com' }]);
  const trail = trial.client(CloudTrail);
  const { trailList = [] } = await trail.describeTrails({});
  expect(trailList).toMatchObject([{ Name: 'blog-aws-practice-trail', IsMultiRegionTrail: true }]);
  expect(await trail.getTrailStatus({ Name: 'blog-aws-practice-trail' })).toMatchObject({ IsLogging: true });
  const Bucket = trailList[0]?.S3BucketName ?? '';
  const s3 = trial.client(S3);
  const { PublicAccessBlockConfiguration } = await s3.getPublicAccessBlock({ Bucket });
  expect(PublicAccessBlockConfiguration).toMatchObject({ BlockPublicPolicy: true, RestrictPublicBuckets: true });
  expect((await s3.getBucketPolicy({ Bucket })).Policy).toContain('cloudtrail.amazonaws.com');

  expect(await trial.deploy('guardrails', templateOf({ ...email, budget: '50' }))).toEqual({
    status: 'UPDATE_COMPLETE',
    reasons: [],
  });
  expect(await budgets()).toMatchObject([{ BudgetLimit: { Amount: '50' } }]);

  const cloudFormation = trial.client(CloudFormation);
  const { Stacks = [] } = await cloudFormation.describeStacks({ StackName: 'guardrails' });
  await cloudFormation.deleteStack({ StackName: 'guardrails' });
  expect(await settled(cloudFormation, Stacks[0]?.StackId ?? '')).toEqual({ status: 'DELETE_COMPLETE', reasons: [] });
  expect(await budgets()).toEqual([]);
  expect((await trail.describeTrails({})).trailList).toEqual([]);
  expect((await trial.client(SNS).listTopics({})).Topics ?? []).toEqual([]);
  expect(await s3.headBucket({ Bucket })).toBeDefined();
});

test('the check of the compose file asks for Aurora’s major version', () => {
  expect(MAJOR).toBe(Number.parseInt(blueprint.database.version, 10));
});
