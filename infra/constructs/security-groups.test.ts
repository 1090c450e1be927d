import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { names } from '../blueprint.ts';
import { SecurityGroups } from './security-groups.ts';

interface Rule {
  CidrIp?: string;
  SourcePrefixListId?: string;
  SourceSecurityGroupId?: { 'Fn::GetAtt': [string, string] };
  FromPort: number;
  ToPort: number;
}

/** Every way in, as `group ← source:port`, e.g. `ecs ← alb:4000`. */
function waysIn(https: 'domain' | 'cloudfront'): string[] {
  const stack = new Stack(new App(), 'Test');
  const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
  new SecurityGroups(stack, 'Groups', { vpc, https, cloudFrontPrefixList: 'pl-1', names: names('') });
  const template = Template.fromStack(stack);
  const part = (id: string) => /^Groups(alb|ecs|rds)/.exec(id)?.[1] ?? id;
  const line = (group: string, rule: Rule) => {
    const { CidrIp, SourcePrefixListId, SourceSecurityGroupId, FromPort, ToPort } = rule;
    const source = CidrIp ?? SourcePrefixListId ?? part(SourceSecurityGroupId?.['Fn::GetAtt'][0] ?? '');
    return `${part(group)} ← ${source}:${FromPort}${FromPort === ToPort ? '' : `-${ToPort}`}`;
  };
  const inline = Object.entries(template.findResources('AWS::EC2::SecurityGroup')).flatMap(([id, { Properties }]) =>
    (Properties.SecurityGroupIngress ?? []).map((rule: Rule) => line(id, rule)),
  );
  const apart = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).map(({ Properties }) =>
    line(Properties.GroupId['Fn::GetAtt'][0], Properties as Rule),
  );
  return [...inline, ...apart];
}

test('with a domain the world reaches the load balancer on 80 and 443, and each group only the next', () => {
  expect(waysIn('domain')).toEqual(['alb ← 0.0.0.0/0:80', 'alb ← 0.0.0.0/0:443', 'ecs ← alb:4000', 'rds ← ecs:5432']);
});

test('without a domain only CloudFront reaches the load balancer', () => {
  expect(waysIn('cloudfront')).toEqual(['alb ← pl-1:80', 'ecs ← alb:4000', 'rds ← ecs:5432']);
});
