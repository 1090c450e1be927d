import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { names } from '../blueprint.ts';
import { PauseSchedule } from './pause-schedule.ts';

interface Schedule {
  Name: string;
  ScheduleExpression: string;
  ScheduleExpressionTimezone: string;
  State: string;
  Target: { Arn: string; Input: string };
}

function template(mode: 'off' | 'weekdays' | 'always'): Template {
  const stack = new Stack(new App(), 'Test', { env: { region: 'ap-northeast-1', account: '111122223333' } });
  new PauseSchedule(stack, 'PauseSchedule', {
    service: {
      cluster: 'cluster',
      name: 'service',
      arn: 'arn:aws:ecs:ap-northeast-1:111122223333:service/cluster/service',
    },
    database: { id: 'db', arn: 'arn:aws:rds:ap-northeast-1:111122223333:cluster:db' },
    mode,
    minTasks: 2,
    names: names(''),
  });
  return Template.fromStack(stack);
}

const schedules = (of: Template): Schedule[] =>
  Object.values(of.findResources('AWS::Scheduler::Schedule')).map(({ Properties }) => Properties);
const states = (mode: 'off' | 'weekdays' | 'always') =>
  Object.fromEntries(schedules(template(mode)).map(({ Name, State }) => [Name, State]));

const weekdays = template('weekdays');

test('all times are Tokyo’s: work from 9 to 18 on weekdays, rest every evening', () => {
  const all = schedules(weekdays);
  expect(new Set(all.map(({ ScheduleExpressionTimezone: zone }) => zone))).toEqual(new Set(['Asia/Tokyo']));
  expect(Object.fromEntries(all.map(({ Name, ScheduleExpression: when }) => [Name, when]))).toEqual({
    'rest-scaling': 'cron(0 18 ? * * *)',
    'rest-tasks': 'cron(1 18 ? * * *)',
    // Every day, so that a cluster that AWS has started again after seven days doesn't run on.
    'rest-database': 'cron(10 3,18 ? * * *)',
    'wake-database': 'cron(30 8 ? * MON-FRI *)',
    'wake-scaling': 'cron(0 9 ? * MON-FRI *)',
    'wake-tasks': 'cron(1 9 ? * MON-FRI *)',
  });
});

test('rest takes the bound and the tasks to nothing; waking brings back a task for each zone', () => {
  const inputs = Object.fromEntries(schedules(weekdays).map(({ Name, Target }) => [Name, JSON.parse(Target.Input)]));
  expect(inputs['rest-scaling']).toMatchObject({
    ResourceId: 'service/cluster/service',
    MinCapacity: 0,
    MaxCapacity: 4,
  });
  expect(inputs['rest-tasks']).toEqual({ Cluster: 'cluster', Service: 'service', DesiredCount: 0 });
  expect(inputs['wake-scaling']).toMatchObject({ MinCapacity: 2, MaxCapacity: 4 });
  expect(inputs['wake-tasks']).toMatchObject({ DesiredCount: 2 });
  // Scheduler's own spelling of the parameter: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
  expect(inputs['rest-database']).toEqual({ DbClusterIdentifier: 'db' });
});

test('off: they stand and do nothing; always: nothing wakes it', () => {
  expect(new Set(Object.values(states('off')))).toEqual(new Set(['DISABLED']));
  expect(new Set(Object.values(states('weekdays')))).toEqual(new Set(['ENABLED']));
  expect(states('always')).toMatchObject({
    'rest-database': 'ENABLED',
    'wake-database': 'DISABLED',
    'wake-tasks': 'DISABLED',
  });
});

test('the role is Scheduler’s own for this account, and may call what the schedules call, on these two things', () => {
  const [role] = Object.values(weekdays.findResources('AWS::IAM::Role')).map(({ Properties }) => Properties);
  expect(role.AssumeRolePolicyDocument.Statement).toEqual([
    expect.objectContaining({
      Principal: { Service: 'scheduler.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    }),
  ]);
  const called = schedules(weekdays).map(({ Target }) => Target.Arn.split('aws-sdk:')[1]?.split(':')[1]?.toLowerCase());
  const statements: { Action: string | string[]; Resource: unknown }[] = role.Policies[0].PolicyDocument.Statement;
  const allowed = statements.flatMap(({ Action }) => Action).map((action) => action.split(':')[1]?.toLowerCase());
  expect(new Set(called).difference(new Set(allowed))).toEqual(new Set());
  expect(statements.map(({ Resource }) => JSON.stringify(Resource)).slice(0, 2)).toEqual([
    '"arn:aws:ecs:ap-northeast-1:111122223333:service/cluster/service"',
    '"arn:aws:rds:ap-northeast-1:111122223333:cluster:db"',
  ]);
});
