import { describe, expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import type { Listener } from '../../find/listeners.ts';
import type { Releases } from '../../find/releases.ts';
import type { TargetGroup } from '../../find/target-groups.ts';
import check from './blue-green.ts';

const BLUE = 'arn:targetgroup/people/1';
const GREEN = 'arn:targetgroup/people-2/2';
const group = (id: string, arn: string): Resource<TargetGroup> => ({
  type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  id,
  arn,
  name: id,
  parent: 'vpc-1',
  relations: {},
  origin: 'console',
  properties: {} as TargetGroup,
});
const groups = [group('people', BLUE), group('people-2', GREEN)];
const listener = (...rules: [arn: string, weight: number][][]): Resource<Listener> => ({
  type: 'AWS::ElasticLoadBalancingV2::Listener',
  id: 'HTTPS:443',
  arn: 'arn:listener/1',
  name: null,
  parent: 'alb',
  relations: {},
  origin: 'console',
  properties: {
    port: 443,
    protocol: 'HTTPS',
    certificate: null,
    tlsPolicy: null,
    actions: [{ kind: 'forward', targetGroups: [{ arn: BLUE, weight: 1 }] }],
    rules: rules.map((targets) => ({
      priority: '5',
      conditions: ['path-pattern: /*'],
      actions: [{ kind: 'forward', targetGroups: targets.map(([arn, weight]) => ({ arn, weight })) }],
    })),
  },
});
const releases = (changes: Partial<Releases> = {}): Releases => ({
  strategy: 'BLUE_GREEN',
  bakeMinutes: 5,
  alarms: ['release-errors'],
  rollbackByAlarm: true,
  alternate: { targetGroup: GREEN, rule: 'arn:rule/1', role: 'arn:role/ecs' },
  deployments: [],
  events: [],
  ...changes,
});
const right = {
  found: releases(),
  groups,
  entries: [
    listener([
      [BLUE, 100],
      [GREEN, 0],
    ]),
  ],
  first: BLUE,
  breaker: { enabled: true, rollback: true },
};

describe('right builds', () => {
  test('before and after a switch', () => {
    expect(check.judge(right)).toMatchObject({ status: 'pass' });
    expect(
      check.judge({
        ...right,
        entries: [
          listener([
            [BLUE, 0],
            [GREEN, 100],
          ]),
        ],
      }),
    ).toMatchObject({ status: 'pass' });
  });

  test('rolling with the circuit breaker is right too, with advice', () => {
    const found = releases({ strategy: 'ROLLING', alternate: null, alarms: [], bakeMinutes: null });
    expect(check.judge({ ...right, found })).toMatchObject({
      status: 'pass',
      advice: expect.stringContaining('Blue/Green'),
    });
  });
});

const alternate = { targetGroup: GREEN, rule: 'arn:rule/1', role: 'arn:role/ecs' };
test.each([
  ['no service', { found: null }, 'サービスがありません'],
  [
    'rolling without a way back',
    { found: releases({ strategy: 'ROLLING' }), breaker: { enabled: true, rollback: false } },
    'サーキットブレーカー',
  ],
  ['second target group missing', { found: releases({ alternate: null }) }, '2つ目のターゲットグループがありません'],
  ['the same group twice', { found: releases({ alternate: { ...alternate, targetGroup: BLUE } }) }, '同じもの'],
  ['the second group deleted', { groups: [groups[0] as (typeof groups)[0]] }, 'people-2/2 がありません'],
  ['a listener without the rule', { entries: [listener()] }, 'ルールがありません'],
  ['a rule to one group only', { entries: [listener([[BLUE, 1]])] }, 'ルールがありません'],
  [
    'the service without the rule',
    { found: releases({ alternate: { ...alternate, rule: '' } }) },
    'ルールがありません',
  ],
  [
    'both weights 0',
    {
      entries: [
        listener([
          [BLUE, 0],
          [GREEN, 0],
        ]),
      ],
    },
    '重み',
  ],
  ['no role', { found: releases({ alternate: { ...alternate, role: '' } }) }, 'ロールが指定されていません'],
  ['bake time 0', { found: releases({ bakeMinutes: 0 }) }, '待ち時間（ベイク時間）が 0'],
  ['no alarm', { found: releases({ alarms: [] }) }, 'アラームが、サービスに設定されていません'],
  ['alarms that only tell', { found: releases({ rollbackByAlarm: false }) }, 'ロールバックしない設定'],
])('%s fails', (_name, changes, words) => {
  expect(check.judge({ ...right, ...changes })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(words),
  });
});
