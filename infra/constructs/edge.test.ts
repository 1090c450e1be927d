import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { names } from '../blueprint.ts';
import { Edge } from './edge.ts';
import { LoadBalancer } from './load-balancer.ts';

function edge(): Template {
  const stack = new Stack(new App(), 'Test');
  const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
  const securityGroup = new ec2.SecurityGroup(stack, 'Group', { vpc });
  const props = { vpc, securityGroup, certificateArn: null, names: names('') };
  new Edge(stack, 'Edge', new LoadBalancer(stack, 'LoadBalancer', props));
  return Template.fromStack(stack);
}

test('every method passes, uncached, by HTTPS only', () => {
  const [distribution] = Object.values(edge().findResources('AWS::CloudFront::Distribution'));
  expect(distribution?.Properties.DistributionConfig.DefaultCacheBehavior).toMatchObject({
    AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
    ViewerProtocolPolicy: 'https-only',
    // AWS's managed policies CachingDisabled and AllViewerExceptHostHeader.
    CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
  });
});

test('the load balancer forwards only what carries the header that CloudFront sends', () => {
  const template = edge();
  const [distribution] = Object.values(template.findResources('AWS::CloudFront::Distribution'));
  const [sent] = distribution?.Properties.DistributionConfig.Origins[0].OriginCustomHeaders ?? [];
  const [rule] = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::ListenerRule'));
  const [condition] = rule?.Properties.Conditions ?? [];
  expect(condition.HttpHeaderConfig.HttpHeaderName).toBe(sent.HeaderName);
  expect(condition.HttpHeaderConfig.Values).toEqual([sent.HeaderValue]);
  expect(rule?.Properties.Actions).toEqual([expect.objectContaining({ Type: 'forward' })]);
});
