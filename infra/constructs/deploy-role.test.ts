import { service as exampleService, task as exampleTask } from '@blog-aws-practice/checks/corpus/example-task.ts';
import { type ReleaseCall, releaseCalls } from '@blog-aws-practice/checks/find/release-calls.ts';
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { names } from '../blueprint.ts';
import { DeployRole } from './deploy-role.ts';
import { LoadBalancer } from './load-balancer.ts';
import { Registry } from './registry.ts';
import { Secrets } from './secrets.ts';
import { Service } from './service.ts';
import { TaskDefinition } from './task-definition.ts';

function deployRole(oidcProvider: 'create' | 'existing', prefix = ''): Template {
  const stack = new Stack(new App(), 'Test', { env: { region: 'ap-northeast-1' } });
  const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
  const securityGroup = new ec2.SecurityGroup(stack, 'Group', { vpc });
  const named = names(prefix);
  const registry = new Registry(stack, 'Registry', { names: named }).repository;
  const { taskDefinition } = new TaskDefinition(stack, 'TaskDefinition', {
    repository: registry,
    image: 'initial',
    secret: new Secrets(stack, 'Secrets', { names: named }).secret,
    corsOrigins: [],
    names: named,
  });
  const { targetGroup, listener } = new LoadBalancer(stack, 'LoadBalancer', {
    vpc,
    securityGroup,
    certificateArn: null,
    names: named,
  });
  const behind = { targetGroup, listener, securityGroup };
  const { service } = new Service(stack, 'Service', { vpc, ...behind, taskDefinition, names: named });
  new DeployRole(stack, 'DeployRole', {
    repository: 'tanaka@1/blog@2',
    githubEnvironment: 'production',
    oidcProvider,
    registry,
    taskDefinition,
    service,
    names: named,
  });
  return Template.fromStack(stack);
}

function roleOf(template: Template) {
  const roles = Object.values(template.findResources('AWS::IAM::Role'));
  return roles.find(({ Properties }) => Properties.RoleName.endsWith('-deploy'))?.Properties;
}

describe('who may take it on', () => {
  const [statement, ...others] = roleOf(deployRole('create')).AssumeRolePolicyDocument.Statement;

  test('only runs of the one repository in the one environment, by both forms of GitHub’s subject', () => {
    expect(others).toEqual([]);
    expect(statement).toMatchObject({
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': [
            'repo:tanaka@1/blog@2:environment:production',
            'repo:tanaka/blog:environment:production',
          ],
        },
      },
    });
  });

  test('no pattern stands anywhere in the trust', () => {
    expect(JSON.stringify(statement)).not.toContain('*');
  });
});

describe('GitHub’s identity provider', () => {
  test('is made for the audience that AWS’s action asks for', () => {
    deployRole('create').hasResourceProperties('AWS::IAM::OIDCProvider', {
      Url: 'https://token.actions.githubusercontent.com',
      ClientIdList: ['sts.amazonaws.com'],
    });
  });

  test('is not made a second time where the account has it', () => {
    const template = deployRole('existing');
    template.resourceCountIs('AWS::IAM::OIDCProvider', 0);
    expect(JSON.stringify(roleOf(template))).toContain(':oidc-provider/token.actions.githubusercontent.com');
  });
});

test('another environment’s role may touch only what has its prefix', () => {
  const policies = Object.values(deployRole('existing', 'dev').findResources('AWS::IAM::Policy'));
  const own = policies.filter(({ Properties }) => JSON.stringify(Properties.Roles).includes('DeployRole'));
  const text = JSON.stringify(own);
  expect(text).toContain('service/dev-blog-aws-practice-cluster/dev-blog-aws-practice-service');
  expect(text).not.toMatch(/[:/]blog-aws-practice/);
});

describe('what it may do, as IAM decides', () => {
  const accountId = '111122223333';
  const template = deployRole('create');
  const named = names('');
  const arn = (service: string, resource: string, region = 'ap-northeast-1') =>
    `arn:aws:${service}:${region}:${accountId}:${resource}`;
  const policies = Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes('DeployRole'))
    .map(({ Properties }) => ({ name: Properties.PolicyName, policy: resolved(Properties.PolicyDocument) }));

  /** The template's values as they are once it is deployed. */
  function resolved(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolved);
    if (typeof value !== 'object' || value === null) return value;
    const { 'Fn::Join': join, 'Fn::GetAtt': attribute, Ref: reference } = value as Record<string, unknown>;
    if (join) return ((join as [string, unknown[]])[1].map(resolved) as string[]).join('');
    if (reference === 'AWS::AccountId') return accountId;
    if (reference === 'AWS::Partition') return 'aws';
    if (attribute) {
      const { Type, Properties } = template.toJSON().Resources[(attribute as [string])[0]];
      if (Type === 'AWS::ECR::Repository') return arn('ecr', `repository/${Properties.RepositoryName}`);
      if (Type === 'AWS::ECS::Cluster') return arn('ecs', `cluster/${Properties.ClusterName}`);
      if (Type === 'AWS::IAM::Role') return arn('iam', `role/${Properties.RoleName}`, '');
      throw new Error(`the test doesn't know the ARN of a ${Type}`);
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner)]));
  }

  async function allowed({ action, resource, context }: ReleaseCall): Promise<boolean> {
    const answer = await runSimulation(
      {
        request: {
          principal: arn('iam', `role/${named.deployRole}`, ''),
          action,
          resource: { resource, accountId },
          contextVariables: context,
        },
        identityPolicies: policies,
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    return answer.resultType !== 'error' && answer.overallResult === 'Allowed';
  }

  const service = exampleService({ cluster: named.cluster });
  service.arn = arn('ecs', `service/${named.cluster}/${named.service}`);
  const task = exampleTask({
    family: named.taskDefinition,
    executionRole: arn('iam', `role/${named.executionRole}`, ''),
    taskRole: arn('iam', `role/${named.taskRole}`, ''),
  });
  for (const one of task.properties.containers) {
    one.logs = { group: named.logGroup, region: 'ap-northeast-1', creates: false, streamPrefix: 'server' };
  }
  const calls = releaseCalls({ service, task, repository: named.repository });

  test('every call of the workflow', async () => {
    expect(calls.length).toBeGreaterThan(15);
    const refused = [];
    for (const call of calls) if (!(await allowed(call))) refused.push(`${call.action} ${call.resource}`);
    expect(refused).toEqual([]);
  });

  test('none of them on another repository, cluster, task definition, role or log', async () => {
    const admitted = [];
    for (const call of calls.filter(({ resource }) => resource !== '*')) {
      const other = call.resource.replace(/blog-aws-practice-[\w-]+/, 'somebody-else');
      expect(other).not.toBe(call.resource);
      if (await allowed({ ...call, resource: other })) admitted.push(`${call.action} ${other}`);
    }
    expect(admitted).toEqual([]);
  });

  test('nor in another cluster, nor a role for another service', async () => {
    const elsewhere = calls
      .filter(({ context }) => Object.keys(context).length > 0)
      .map(
        (call): ReleaseCall => ({
          ...call,
          context:
            call.action === 'iam:PassRole'
              ? { 'iam:PassedToService': 'ec2.amazonaws.com' }
              : { 'ecs:cluster': arn('ecs', 'cluster/somebody-else') },
        }),
      );
    expect(elsewhere).toHaveLength(4);
    for (const call of elsewhere) expect([call.action, await allowed(call)]).toEqual([call.action, false]);
  });

  test.each([
    ['iam:CreateAccessKey', `arn:aws:iam::${accountId}:user/me`],
    ['ecs:DeleteService', service.arn],
    ['ecr:DeleteRepository', arn('ecr', `repository/${named.repository}`)],
    ['ecr:BatchDeleteImage', arn('ecr', `repository/${named.repository}`)],
    ['secretsmanager:GetSecretValue', arn('secretsmanager', `secret:${named.secret}`)],
    ['sts:AssumeRole', arn('iam', 'role/admin', '')],
  ])('not %s', async (action, resource) => {
    expect(await allowed({ action, resource, context: {} })).toBe(false);
  });
});
