import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import type { LoadBalancer } from '../../find/load-balancers.ts';
import check from './load-balancer.ts';

const balancer = (properties: Partial<LoadBalancer> = {}): Resource<LoadBalancer> => ({
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  id: 'blog',
  arn: 'arn:aws:elasticloadbalancing:ap-northeast-1:1:loadbalancer/app/blog/1',
  name: 'blog',
  parent: 'vpc-1',
  relations: {},
  origin: 'console',
  properties: {
    kind: 'application',
    scheme: 'internet-facing',
    state: 'active',
    reason: null,
    dnsName: 'blog.elb.amazonaws.com',
    subnets: [],
    securityGroups: [],
    ...properties,
  },
});

test('an active application load balancer that faces the internet passes', () => {
  expect(check.judge({ here: [balancer()], elsewhere: [], refused: null })).toMatchObject({ status: 'pass' });
});

test('none at all fails, and says where there is one instead', () => {
  const stray = { ...balancer(), id: 'stray', parent: 'vpc-2' };
  const { status, evidence } = check.judge({ here: [], elsewhere: [stray], refused: null });
  expect(status).toBe('fail');
  expect(evidence).toContain('stray（VPC vpc-2）');
});

test.each<[Partial<LoadBalancer>, string, string]>([
  [{ scheme: 'internal' }, 'fail', 'スキームが「内部」'],
  [{ kind: 'network' }, 'fail', 'Network Load Balancer'],
  [{ state: 'failed', reason: 'no room' }, 'fail', 'no room'],
  [{ state: 'provisioning' }, 'pending', 'プロビジョニング中'],
])('%o is %s', (properties, status, words) => {
  const judged = check.judge({ here: [balancer(properties)], elsewhere: [], refused: null });
  expect(judged.status).toBe(status);
  expect(judged.evidence).toContain('blog');
  expect(judged.evidence).toContain(words);
});

test('the right one is judged where a leftover stands beside it', () => {
  const here = [{ ...balancer({ scheme: 'internal' }), id: 'old' }, balancer()];
  expect(check.judge({ here, elsewhere: [], refused: null })).toMatchObject({
    status: 'pass',
    resources: [{ id: 'blog' }],
  });
});

test('a new account that AWS hasn’t verified yet is no mistake, and what to write to AWS is told', () => {
  const message = 'This AWS account currently does not support creating load balancers.';
  const judged = check.judge({ here: [], elsewhere: [], refused: { code: 'OperationNotPermitted', message } });
  expect(judged).toMatchObject({
    status: 'pending',
    evidence: expect.stringContaining(message),
    fix: { console: expect.stringContaining('Please verify my account') },
  });
  const slip = { code: 'InvalidConfigurationRequest', message: 'A load balancer needs two subnets' };
  expect(check.judge({ here: [], elsewhere: [], refused: slip }).status).toBe('fail');
});
