import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import type { Alarm } from '../../find/alarms.ts';
import check from './alarms.ts';

const resource = (id: string, properties: Partial<Alarm> = {}): Resource<Alarm> => ({
  type: 'AWS::CloudWatch::Alarm',
  id,
  arn: null,
  name: id,
  parent: null,
  relations: {},
  origin: 'console',
  properties: {
    metric: 'AWS/ECS CPUUtilization',
    watches: ['cows'],
    enabled: true,
    actions: ['arn:aws:sns:ap-northeast-1:1:bell'],
    state: 'OK',
    since: null,
    ...properties,
  },
});

const metrics = [
  'AWS/ApplicationELB HTTPCode_ELB_5XX_Count',
  'AWS/ApplicationELB TargetResponseTime',
  'AWS/ApplicationELB UnHealthyHostCount',
  'AWS/ECS CPUUtilization',
  'AWS/RDS ACUUtilization',
];

test('every part watched passes; each one missing is named', () => {
  const all = metrics.map((metric, i) => resource(`a-${i}`, { metric }));
  expect(check.judge({ found: all }).status).toBe('pass');
  for (const left of all) {
    expect(check.judge({ found: all.filter((one) => one !== left) })).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('を見張るアラームがありません'),
    });
  }
});
