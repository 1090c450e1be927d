import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import { secret } from '../../corpus/secret-facts.ts';
import type { Deployment, Service } from '../../find/services.ts';
import check from './in-use.ts';

const noon = new Date('2026-11-23T03:00:00Z');
const later = new Date('2026-11-23T03:05:00Z');
const deployment = (since: Date): Deployment => ({
  status: 'PRIMARY',
  taskDefinition: 'blog:1',
  desired: 1,
  running: 1,
  failed: 0,
  rollout: 'COMPLETED',
  reason: null,
  since,
});
const service = (since: Date): Resource<Service> => ({
  type: 'AWS::ECS::Service',
  id: 'web',
  arn: null,
  name: 'web',
  parent: 'cluster',
  relations: {},
  origin: 'console',
  properties: {
    cluster: 'cluster',
    status: 'ACTIVE',
    launch: 'FARGATE',
    desired: 1,
    running: 1,
    pending: 0,
    taskDefinition: 'blog:1',
    subnets: [],
    securityGroups: [],
    publicIp: false,
    loadBalancers: [],
    graceSeconds: 60,
    minHealthyPercent: 100,
    maxPercent: 200,
    circuitBreaker: null,
    deployments: [deployment(since)],
    events: [],
  },
});
const facts = { secret: secret('blog') };

test('before there is a service, and after a deployment of the present value, it passes', () => {
  expect(check.judge({ ...facts, service: undefined, written: null })).toMatchObject({ status: 'pass' });
  expect(check.judge({ ...facts, service: service(later), written: noon })).toMatchObject({ status: 'pass' });
});

test('a value written after the deployment is named with both times', () => {
  const { status, evidence, fix } = check.judge({ ...facts, service: service(noon), written: later });
  expect(status).toBe('fail');
  expect(evidence).toContain('2026/11/23 12:05:00（日本時間）');
  expect(evidence).toContain('2026/11/23 12:00:00（日本時間）');
  expect(fix?.cli).toContain('--cluster cluster --service web --force-new-deployment');
});
