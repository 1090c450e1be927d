import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { BlogStack } from '../blog-stack.ts';
import cdk from '../cdk.json' with { type: 'json' };

const certificateArn = 'arn:aws:acm:ap-northeast-1:123456789012:certificate/0f0e0d0c';
const repository = 'tanaka@1234567/blog-aws-practice@987654321';
const template = Template.fromStack(
  new BlogStack(new App({ context: { ...cdk.context, certificateArn, repository } })),
);

describe('the alarms', () => {
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);

  test.each([
    ['lb-5xx', 'AWS/ApplicationELB', 'HTTPCode_ELB_5XX_Count', 5],
    ['server-5xx', 'AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', 5],
    ['latency', 'AWS/ApplicationELB', 'TargetResponseTime', 1],
    ['unhealthy', 'AWS/ApplicationELB', 'UnHealthyHostCount', 1],
    ['task-cpu', 'AWS/ECS', 'CPUUtilization', 80],
    ['database-cpu', 'AWS/RDS', 'CPUUtilization', 80],
  ])('%s watches %s %s', (about, Namespace, MetricName, Threshold) => {
    const alarm = alarms.find(({ AlarmName }) => AlarmName === `blog-aws-practice-${about}`);
    expect(alarm).toMatchObject({ Namespace, MetricName, Threshold, TreatMissingData: 'notBreaching' });
  });

  test('each tells the alerts’ topic, when it rings and when it is over, and CloudWatch may publish there', () => {
    const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
    // Those that a release looks at are chapter 3's.
    const own = alarms.filter(({ AlarmName }) => !/-release-/.test(AlarmName));
    expect(own.length).toBeGreaterThanOrEqual(6);
    for (const { AlarmActions, OKActions } of own) {
      expect([AlarmActions, OKActions]).toEqual([[{ Ref: topic }], [{ Ref: topic }]]);
    }
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 'sns:Publish', Principal: { Service: 'cloudwatch.amazonaws.com' } }),
        ]),
      },
    });
  });
});

test('the dashboard shows load, speed, errors and the alarms', () => {
  const [board] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const text = JSON.stringify(board?.Properties.DashboardBody);
  for (const what of [
    'RequestCount',
    'TargetResponseTime',
    'p99',
    'HTTPCode_ELB_5XX_Count',
    'DatabaseConnections',
    'アラーム',
  ]) {
    expect(text).toContain(what);
  }
});

test('the saved queries ask the server’s log', () => {
  const queries = Object.values(template.findResources('AWS::Logs::QueryDefinition'));
  expect(queries.map(({ Properties }) => [Properties.Name, Properties.LogGroupNames])).toEqual([
    ['blog-aws-practice/errors', ['/ecs/blog-aws-practice-server']],
    ['blog-aws-practice/slow', ['/ecs/blog-aws-practice-server']],
  ]);
});

test('the network’s flow logs keep a week of everything', () => {
  template.hasResourceProperties('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'ALL' });
  template.hasResourceProperties('AWS::Logs::LogGroup', {
    LogGroupName: '/vpc/blog-aws-practice-flow-logs',
    RetentionInDays: 7,
  });
});
