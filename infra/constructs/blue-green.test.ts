import { App, aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { names } from '../blueprint.ts';
import { BlueGreen } from './blue-green.ts';
import { LoadBalancer } from './load-balancer.ts';
import { Registry } from './registry.ts';
import { Secrets } from './secrets.ts';
import { Service } from './service.ts';
import { TaskDefinition } from './task-definition.ts';

const stack = new Stack(new App(), 'Test', { env: { region: 'ap-northeast-1' } });
const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
const securityGroup = new ec2.SecurityGroup(stack, 'Group', { vpc });
const named = names('');
const { taskDefinition } = new TaskDefinition(stack, 'TaskDefinition', {
  repository: new Registry(stack, 'Registry', { names: named }).repository,
  image: 'initial',
  secret: new Secrets(stack, 'Secrets', { names: named }).secret,
  corsOrigins: [],
  names: named,
});
const { loadBalancer, listener, targetGroup } = new LoadBalancer(stack, 'LoadBalancer', {
  vpc,
  securityGroup,
  certificateArn: 'arn:aws:acm:ap-northeast-1:123456789012:certificate/0f0e0d0c',
  names: named,
});
const { service } = new Service(stack, 'Service', {
  vpc,
  securityGroup,
  targetGroup,
  listener,
  taskDefinition,
  names: named,
});
new BlueGreen(stack, 'BlueGreen', {
  vpc,
  loadBalancer,
  listener,
  targetGroup,
  condition: elbv2.ListenerCondition.pathPatterns(['/*']),
  service,
  names: named,
});
const template = Template.fromStack(stack);
const idOf = (type: string, name: string) =>
  Object.entries(template.findResources(type)).find(([, one]) => JSON.stringify(one).includes(name))?.[0] ?? '';

test('both target groups look after the tasks in the same way', () => {
  const [first, second] = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::TargetGroup'));
  const { Name: one, ...properties } = first?.Properties ?? {};
  const { Name: other, ...same } = second?.Properties ?? {};
  expect(new Set([one, other])).toEqual(new Set(['blog-aws-practice-tg', 'blog-aws-practice-tg-2']));
  expect(same).toEqual(properties);
});

test('the rule takes every request, and begins with all of them at the first group', () => {
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', {
    Priority: 5,
    Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }],
    Actions: [{ ForwardConfig: { TargetGroups: [{ Weight: 100 }, { Weight: 0 }] } }],
  });
});

test('the service knows the second group, the rule, and the role to shift it with', () => {
  template.hasResourceProperties('AWS::ECS::Service', {
    LoadBalancers: [
      {
        ContainerName: 'blog-aws-practice-server',
        AdvancedConfiguration: {
          AlternateTargetGroupArn: { Ref: idOf('AWS::ElasticLoadBalancingV2::TargetGroup', 'practice-tg-2') },
          ProductionListenerRule: { Ref: idOf('AWS::ElasticLoadBalancingV2::ListenerRule', 'path-pattern') },
          RoleArn: { 'Fn::GetAtt': [idOf('AWS::IAM::Role', 'ecs-infrastructure'), 'Arn'] },
        },
      },
    ],
  });
});

test('a release stays reversible for five minutes, and errors or slowness take it back', () => {
  template.hasResourceProperties('AWS::ECS::Service', {
    DeploymentConfiguration: {
      Strategy: 'BLUE_GREEN',
      BakeTimeInMinutes: 5,
      Alarms: { Enable: true, Rollback: true, AlarmNames: Match.anyValue() },
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      MinimumHealthyPercent: 100,
      MaximumPercent: 200,
    },
  });
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
  expect(new Set(alarms.map(({ MetricName }) => MetricName))).toEqual(
    new Set(['HTTPCode_Target_5XX_Count', 'TargetResponseTime']),
  );
  // Without visitors there is nothing to measure, and that is no reason to go back.
  for (const alarm of alarms) expect(alarm.TreatMissingData).toBe('notBreaching');
});
