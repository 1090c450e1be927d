import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import type { TargetGroup } from '../../find/target-groups.ts';
import check from './target-group.ts';

const RIGHT: TargetGroup = {
  targetType: 'ip',
  protocol: 'HTTP',
  port: 4000,
  health: {
    path: '/health',
    protocol: 'HTTP',
    port: 'traffic-port',
    codes: '200',
    intervalSeconds: 15,
    timeoutSeconds: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 3,
  },
  loadBalancers: ['arn:alb'],
};
const group = (properties: Partial<TargetGroup> = {}, id = 'tg'): Resource<TargetGroup> => ({
  type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  id,
  arn: `arn:${id}`,
  name: id,
  parent: 'vpc-1',
  relations: {},
  origin: 'console',
  properties: { ...RIGHT, ...properties },
});
const judge = (...here: Resource<TargetGroup>[]) => check.judge({ here, elsewhere: [] });
const health = (one: Partial<TargetGroup['health']>) => ({ health: { ...RIGHT.health, ...one } });

test('the plan’s passes, and so does any range of codes that holds 200', () => {
  expect(judge(group()).status).toBe('pass');
  expect(judge(group(health({ codes: '200-299' }))).status).toBe('pass');
  expect(judge(group(health({ codes: '301,200' }))).status).toBe('pass');
});

test.each<[Partial<TargetGroup>, string]>([
  [{ targetType: 'instance' }, 'ターゲットタイプが instance'],
  [{ protocol: 'HTTPS' }, 'プロトコルが HTTPS'],
  [{ port: 80 }, 'ポートが 80'],
  [health({ path: '/' }), 'パスが /'],
  [health({ protocol: 'HTTPS' }), 'ヘルスチェックのプロトコルが HTTPS'],
  [health({ port: '80' }), 'ポートが 80 に上書き'],
  [health({ codes: '301' }), '成功コードが 301'],
  [health({ codes: '201-299' }), '成功コードが 201-299'],
])('%o is named', (properties, words) => {
  const { status, evidence } = judge(group(properties));
  expect(status).toBe('fail');
  expect(evidence).toContain('tg');
  expect(evidence).toContain(words);
});

test('a leftover that no listener uses is not held against the one in use', () => {
  expect(judge(group({ port: 80, loadBalancers: [] }, 'old'), group()).status).toBe('pass');
});

test('none here, one in another VPC: says so', () => {
  const judged = check.judge({ here: [], elsewhere: [{ ...group({}, 'stray'), parent: 'vpc-2' }] });
  expect(judged).toMatchObject({ status: 'fail', evidence: expect.stringContaining('stray（VPC vpc-2）') });
});
