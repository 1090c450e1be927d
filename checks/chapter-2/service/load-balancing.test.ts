import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import { container, service, task } from '../../corpus/example-task.ts';
import type { TargetGroup } from '../../find/target-groups.ts';
import check from './load-balancing.ts';

const group = (loadBalancers = ['arn:alb']) =>
  ({
    id: 'people',
    arn: 'arn:targetgroup/people/1',
    origin: 'console',
    properties: { loadBalancers },
  }) as Resource<TargetGroup>;
const judge = (changes: Parameters<typeof service>[0], groups = [group()], ports = [4000]) =>
  check.judge({ facts: { service: service(changes), task: task({ containers: [container({ ports })] }) }, groups });
const to = (one: object) => ({
  loadBalancers: [{ targetGroup: 'arn:targetgroup/people/1', alternates: [], container: 'cow', port: 4000, ...one }],
});

test('the container’s port in a target group that a listener uses passes', () => {
  expect(judge({}).status).toBe('pass');
});

test.each<[string, ReturnType<typeof judge>, string]>([
  ['nothing', judge({ loadBalancers: [] }), 'ロードバランサーが設定されていません'],
  ['a target group of another VPC', judge(to({ targetGroup: 'arn:targetgroup/stray/1' })), 'stray'],
  ['a target group that no listener uses', judge({}, [group([])]), 'どのリスナーからも'],
  ['a container that isn’t there', judge(to({ container: 'bull' })), 'bull'],
  ['a port that isn’t the container’s', judge({}, [group()], [3000]), '3000'],
])('%s fails', (_name, judged, words) => {
  expect(judged).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});
