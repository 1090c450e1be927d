import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { names } from '../blueprint.ts';
import { LoadBalancer } from './load-balancer.ts';
import { Registry } from './registry.ts';
import { Secrets } from './secrets.ts';
import { Service } from './service.ts';
import { TaskDefinition } from './task-definition.ts';

function service(image = 'initial'): Template {
  const stack = new Stack(new App(), 'Test', { env: { region: 'ap-northeast-1' } });
  const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
  const securityGroup = new ec2.SecurityGroup(stack, 'Group', { vpc });
  const named = names('');
  const certificateArn = 'arn:aws:acm:ap-northeast-1:123456789012:certificate/0f0e0d0c';
  const { taskDefinition } = new TaskDefinition(stack, 'TaskDefinition', {
    repository: new Registry(stack, 'Registry', { names: named }).repository,
    image,
    secret: new Secrets(stack, 'Secrets', { names: named }).secret,
    corsOrigins: ['https://a.example', 'https://b.example'],
    names: named,
  });
  const { targetGroup, listener } = new LoadBalancer(stack, 'LoadBalancer', {
    vpc,
    securityGroup,
    certificateArn,
    names: named,
  });
  new Service(stack, 'Service', { vpc, securityGroup, targetGroup, listener, taskDefinition, names: named });
  return Template.fromStack(stack);
}

const template = service();
const only = (type: string) => Object.values(template.findResources(type))[0]?.Properties;

describe('the task', () => {
  const [container] = only('AWS::ECS::TaskDefinition').ContainerDefinitions;

  test('the plan’s names and sizes, for the CPU that the image is built for', () => {
    expect(only('AWS::ECS::TaskDefinition')).toMatchObject({
      Family: 'blog-aws-practice-task',
      Cpu: '256',
      Memory: '512',
      RuntimePlatform: { CpuArchitecture: 'X86_64' },
    });
    expect(container).toMatchObject({ Name: 'blog-aws-practice-server', PortMappings: [{ ContainerPort: 4000 }] });
  });

  test('nothing secret stands in the plain environment', () => {
    expect(container.Environment).toEqual([
      { Name: 'NODE_ENV', Value: 'production' },
      { Name: 'PORT', Value: '4000' },
      { Name: 'CORS_ORIGIN', Value: 'https://a.example,https://b.example' },
    ]);
  });

  test('each secret names its JSON key in ECS’s form, with both colons behind it', () => {
    const from = container.Secrets.map(
      ({ Name, ValueFrom }: { Name: string; ValueFrom: { 'Fn::Join': [string, unknown[]] } }) =>
        `${Name} ${String(ValueFrom['Fn::Join'][1].at(-1))}`,
    );
    expect(from).toEqual([
      'DATABASE_HOST :host::',
      'DATABASE_PORT :port::',
      'DATABASE_USER :username::',
      'DATABASE_PASSWORD :password::',
      'DATABASE_NAME :dbname::',
      'SUPABASE_URL :SUPABASE_URL::',
    ]);
  });

  test('the execution role may pull, log and read the one secret; the server’s own role may do nothing', () => {
    const policies = Object.values(template.findResources('AWS::IAM::Policy'));
    expect(policies.map(({ Properties }) => JSON.stringify(Properties.Roles))).toEqual([
      expect.stringContaining('executionrole'),
    ]);
    const actions = policies.flatMap(({ Properties }) =>
      Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action),
    );
    expect(new Set(actions)).toEqual(
      new Set([
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:GetAuthorizationToken',
        'ecr:GetDownloadUrlForLayer',
        'logs:CreateLogStream',
        'logs:PutLogEvents',
        'secretsmanager:DescribeSecret',
        'secretsmanager:GetSecretValue',
      ]),
    );
  });

  test('a digest is joined with @, a tag with a colon', () => {
    const image = (of: Template) =>
      JSON.stringify(
        Object.values(of.findResources('AWS::ECS::TaskDefinition'))[0]?.Properties.ContainerDefinitions[0].Image,
      );
    expect(image(template)).toContain(':initial');
    expect(image(service('sha256:0123'))).toContain('@sha256:0123');
  });
});

describe('the service', () => {
  test('never sets the number of tasks', () => {
    expect(only('AWS::ECS::Service')).not.toHaveProperty('DesiredCount');
  });

  test('a release replaces tasks without a gap, and goes back by itself', () => {
    expect(only('AWS::ECS::Service').DeploymentConfiguration).toMatchObject({
      MinimumHealthyPercent: 100,
      MaximumPercent: 200,
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
    });
  });

  test('tasks live in the private subnets without a public address', () => {
    const { AwsvpcConfiguration } = only('AWS::ECS::Service').NetworkConfiguration;
    expect(AwsvpcConfiguration.AssignPublicIp).toBe('DISABLED');
    expect(JSON.stringify(AwsvpcConfiguration.Subnets)).not.toContain('Public');
  });

  test('it waits for the listener: ECS refuses a target group without a load balancer', () => {
    const [resource] = Object.values(template.findResources('AWS::ECS::Service'));
    expect(resource?.DependsOn).toEqual(expect.arrayContaining([expect.stringContaining('Https')]));
  });

  test('between 1 and 4 tasks, by their CPU', () => {
    expect(only('AWS::ApplicationAutoScaling::ScalableTarget')).toMatchObject({ MinCapacity: 1, MaxCapacity: 4 });
    expect(only('AWS::ApplicationAutoScaling::ScalingPolicy').TargetTrackingScalingPolicyConfiguration).toMatchObject({
      TargetValue: 70,
      PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
    });
  });
});
