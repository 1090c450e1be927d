import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { names } from '../blueprint.ts';
import { Database } from './database.ts';
import { Secrets } from './secrets.ts';

function databaseOf(databaseClass: 'db.t4g.medium' | 'serverless'): Template {
  const stack = new Stack(new App(), 'Test', { env: { region: 'ap-northeast-1' } });
  const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
  const securityGroup = new ec2.SecurityGroup(stack, 'Group', { vpc });
  const { secret } = new Secrets(stack, 'Secrets', { names: names('') });
  new Database(stack, 'Database', { vpc, securityGroup, secret, databaseClass, names: names('') });
  return Template.fromStack(stack);
}

describe('the plan’s database', () => {
  const template = databaseOf('db.t4g.medium');

  test('encrypted Aurora PostgreSQL with 7 days of backups, the blog’s database in it', () => {
    template.hasResourceProperties('AWS::RDS::DBCluster', {
      Engine: 'aurora-postgresql',
      DatabaseName: 'blogdb',
      StorageEncrypted: true,
      BackupRetentionPeriod: 7,
    });
  });

  test('one instance of the smallest class, not reachable from outside', () => {
    template.resourceCountIs('AWS::RDS::DBInstance', 1);
    template.hasResourceProperties('AWS::RDS::DBInstance', {
      DBInstanceClass: 'db.t4g.medium',
      PubliclyAccessible: false,
    });
  });

  test('only the private subnets', () => {
    const [group] = Object.values(template.findResources('AWS::RDS::DBSubnetGroup'));
    expect(JSON.stringify(group?.Properties.SubnetIds)).not.toContain('Public');
  });

  test('nobody connects without TLS', () => {
    template.hasResourceProperties('AWS::RDS::DBClusterParameterGroup', { Parameters: { 'rds.force_ssl': '1' } });
  });

  test('no password stands in the template', () => {
    template.hasResourceProperties('AWS::RDS::DBCluster', {
      MasterUserPassword: {
        'Fn::Join': ['', ['{{resolve:secretsmanager:', Match.anyValue(), ':SecretString:password::}}']],
      },
    });
  });
});

test('serverless pauses at 0 ACU after 5 idle minutes', () => {
  const template = databaseOf('serverless');
  template.hasResourceProperties('AWS::RDS::DBCluster', {
    ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 1, SecondsUntilAutoPause: 300 },
  });
  template.hasResourceProperties('AWS::RDS::DBInstance', { DBInstanceClass: 'db.serverless' });
});
