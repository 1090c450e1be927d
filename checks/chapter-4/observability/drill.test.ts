import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import type { Alarm } from '../../find/alarms.ts';
import check from './drill.ts';

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

const told = (summary: string, day = '2026-11-25') => ({ alarm: 'cpu', summary, at: new Date(`${day}T01:00:00Z`) });
const judge = (...all: ReturnType<typeof told>[]) => check.judge({ found: [resource('cpu')], told: all });

test('one that rang and told passes, with the day', () => {
  expect(
    judge(told('Successfully executed action arn:bell', '2026-11-20'), told('Failed to execute action x')),
  ).toMatchObject({
    status: 'pass',
    evidence: 'cpu が 2026-11-20 に鳴り、知らせました。',
  });
});

test('one that never rang fails, with the command that rings it', () => {
  const { status, fix } = judge();
  expect({ status, cli: fix?.cli }).toEqual({
    status: 'fail',
    cli: 'aws cloudwatch set-alarm-state --alarm-name cpu --state-value ALARM --state-reason drill',
  });
});

test('one that rang and could not tell fails', () => {
  expect(judge(told('Failed to execute action arn:bell'))).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('失敗しました'),
  });
});
