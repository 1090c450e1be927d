import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import type { Listener } from '../../find/listeners.ts';
import type { TargetGroup } from '../../find/target-groups.ts';
import check from './https-listener.ts';

type Facts = Parameters<typeof check.judge>[0];

const listener = (properties: Partial<Listener> = {}): Resource<Listener> => ({
  type: 'AWS::ElasticLoadBalancingV2::Listener',
  id: 'HTTPS:443',
  arn: 'arn:listener',
  name: null,
  parent: 'blog',
  relations: {},
  origin: 'console',
  properties: {
    port: 443,
    protocol: 'HTTPS',
    certificate: 'arn:certificate',
    tlsPolicy: null,
    actions: [{ kind: 'forward', targetGroups: [{ arn: 'arn:tg', weight: 1 }] }],
    rules: [],
    ...properties,
  },
});
// Only id and ARN of a target group matter here.
const group = { id: 'tg', arn: 'arn:tg' } as Resource<TargetGroup>;
const judge = (facts: Partial<Facts>) =>
  check.judge({ listener: undefined, all: [], groups: [group], way: 'domain', ...facts });

test('443 that forwards to the target group passes, by default or by a rule', () => {
  expect(judge({ listener: listener() }).status).toBe('pass');
  const rules = [{ priority: '1', conditions: [], actions: listener().properties.actions }];
  expect(judge({ listener: listener({ actions: [{ kind: 'answer', status: '404' }], rules }) }).status).toBe('pass');
});

test.each<[string, Partial<Facts>, string]>([
  [
    'a weight of nothing',
    { listener: listener({ actions: [{ kind: 'forward', targetGroups: [{ arn: 'arn:tg', weight: 0 }] }] }) },
    '重みが0',
  ],
  ['no 443', { all: [{ ...listener(), id: 'HTTP:80' }] }, 'あるのは HTTP:80'],
  ['443 without TLS', { listener: listener({ protocol: 'HTTP' }) }, 'プロトコルが HTTP'],
  ['no certificate', { listener: listener({ certificate: null }) }, '証明書が付いていません'],
  [
    'a target group that no listener uses',
    { listener: listener({ actions: [{ kind: 'answer', status: '200' }] }) },
    'tg は使われていません',
  ],
  [
    'a target group of another VPC',
    {
      listener: listener({
        actions: [{ kind: 'forward', targetGroups: [{ arn: 'x:targetgroup/stray/1', weight: 1 }] }],
      }),
    },
    'stray',
  ],
])('%s fails', (_name, facts, words) => {
  expect(judge(facts)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});
