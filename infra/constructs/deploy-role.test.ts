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
