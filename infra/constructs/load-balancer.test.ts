import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { names } from '../blueprint.ts';
import { LoadBalancer } from './load-balancer.ts';

function loadBalancerWith(certificateArn: string | null): Template {
  const stack = new Stack(new App(), 'Test');
  const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
  const securityGroup = new ec2.SecurityGroup(stack, 'Group', { vpc });
  new LoadBalancer(stack, 'LoadBalancer', { vpc, securityGroup, certificateArn, names: names('') });
  return Template.fromStack(stack);
}

/** What each listener does by default, by port. */
function answers(template: Template): Record<string, string> {
  const listeners = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::Listener'));
  return Object.fromEntries(listeners.map(({ Properties }) => [Properties.Port, Properties.DefaultActions[0].Type]));
}

const certificateArn = 'arn:aws:acm:ap-northeast-1:123456789012:certificate/0f0e0d0c';

test('with a certificate 80 redirects to 443, which forwards to the tasks', () => {
  const template = loadBalancerWith(certificateArn);
  expect(answers(template)).toEqual({ 80: 'redirect', 443: 'forward' });
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
    Port: 80,
    DefaultActions: [{ RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } }],
  });
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
    Port: 443,
    Certificates: [{ CertificateArn: certificateArn }],
  });
});

test('without a certificate 80 refuses whoever no rule lets in', () => {
  expect(answers(loadBalancerWith(null))).toEqual({ 80: 'fixed-response' });
});

test('targets are tasks by address, healthy by /health, and let go after 30 seconds', () => {
  const template = loadBalancerWith(certificateArn);
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
    Port: 4000,
    Protocol: 'HTTP',
    TargetType: 'ip',
    HealthCheckPath: '/health',
    Matcher: { HttpCode: '200' },
  });
  const [group] = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::TargetGroup'));
  expect(group?.Properties.TargetGroupAttributes).toContainEqual({
    Key: 'deregistration_delay.timeout_seconds',
    Value: '30',
  });
});

test('it stands in the public subnets, for everybody', () => {
  const template = loadBalancerWith(certificateArn);
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
    Name: 'blog-aws-practice-alb',
    Scheme: 'internet-facing',
  });
  const [alb] = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'));
  expect(JSON.stringify(alb?.Properties.Subnets)).not.toContain('Private');
});
