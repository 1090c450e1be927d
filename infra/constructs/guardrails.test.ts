import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { names } from '../blueprint.ts';
import { Guardrails } from './guardrails.ts';

function guardrails(alertEmail: string): Template {
  const stack = new Stack(new App(), 'Test', { env: { region: 'ap-northeast-1' } });
  new Guardrails(stack, 'Guardrails', { limit: 20, alertEmail, names: names('') });
  return Template.fromStack(stack);
}

describe('the budget', () => {
  const template = guardrails('me@example.com');

  test('counts what would be paid without credits', () => {
    template.hasResourceProperties('AWS::Budgets::Budget', {
      Budget: {
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: 20, Unit: 'USD' },
        CostTypes: { IncludeCredit: false },
      },
    });
  });

  test('tells by mail what was spent and what the month will come to', () => {
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'me@example.com' });
    const [budget] = Object.values(template.findResources('AWS::Budgets::Budget'));
    const notifications: { Notification: { NotificationType: string; Threshold: number }; Subscribers: unknown[] }[] =
      budget?.Properties.NotificationsWithSubscribers;
    expect(
      notifications.map(({ Notification: { NotificationType, Threshold } }) => [NotificationType, Threshold]),
    ).toEqual([
      ['ACTUAL', 50],
      ['ACTUAL', 80],
      ['FORECASTED', 100],
    ]);
    for (const { Subscribers } of notifications) expect(Subscribers).toMatchObject([{ SubscriptionType: 'SNS' }]);
  });

  test('comes after the topic lets it publish', () => {
    const [policy] = Object.keys(template.findResources('AWS::SNS::TopicPolicy'));
    template.hasResource('AWS::Budgets::Budget', { DependsOn: Match.arrayWith([policy]) });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 'sns:Publish', Principal: { Service: 'budgets.amazonaws.com' } }),
        ]),
      },
    });
  });
});

test('nobody is subscribed without an address', () => {
  guardrails('').resourceCountIs('AWS::SNS::Subscription', 0);
});

test('the trail covers all regions, and its logs outlast the stack in a closed bucket', () => {
  const template = guardrails('');
  template.hasResourceProperties('AWS::CloudTrail::Trail', {
    IsLogging: true,
    IsMultiRegionTrail: true,
    IncludeGlobalServiceEvents: true,
    EnableLogFileValidation: true,
  });
  template.hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'Retain',
    Properties: {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 90, Status: 'Enabled' }] },
    },
  });
});
