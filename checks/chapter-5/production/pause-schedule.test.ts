import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import { NOW } from '../../corpus/recorded.ts';
import type { PauseSchedule } from '../../find/schedules.ts';
import check from './pause-schedule.ts';

const schedule = (id: string, expression: string, changes: Partial<PauseSchedule> = {}): Resource<PauseSchedule> => {
  const [does, part] = id.split('-') as [PauseSchedule['does'], PauseSchedule['part']];
  return {
    type: 'AWS::Scheduler::Schedule',
    id,
    arn: null,
    name: id,
    parent: 'pause',
    relations: {},
    origin: 'console',
    properties: { does, part, enabled: true, expression, timeZone: 'Asia/Tokyo', wellNamed: true, ...changes },
  };
};

/** Those that the CDK makes; a test changes one of them, or leaves it out by null. */
function judge(changes: Record<string, [string, Partial<PauseSchedule>?] | null> = {}) {
  const right: Record<string, [string, Partial<PauseSchedule>?] | null> = {
    'rest-scaling': ['cron(0 18 ? * * *)'],
    'rest-tasks': ['cron(1 18 ? * * *)'],
    'rest-database': ['cron(10 3,18 ? * * *)'],
    'wake-database': ['cron(30 8 ? * MON-FRI *)'],
    'wake-scaling': ['cron(0 9 ? * MON-FRI *)'],
    'wake-tasks': ['cron(1 9 ? * MON-FRI *)'],
    ...changes,
  };
  const found = Object.entries(right).flatMap(([id, one]) => (one === null ? [] : [schedule(id, ...one)]));
  return check.judge({ found, now: NOW });
}

test('the plan’s week passes; the same in UTC’s clock, too', () => {
  expect(judge()).toMatchObject({ status: 'pass', evidence: expect.stringContaining('wake-database（平日8:30）') });
  expect(judge({ 'rest-tasks': ['cron(1 9 ? * * *)', { timeZone: 'UTC' }] })).toMatchObject({ status: 'pass' });
});

test.each<[string, Parameters<typeof judge>[0], string]>([
  [
    '18 o’clock of UTC',
    { 'rest-tasks': ['cron(1 18 ? * * *)', { timeZone: 'UTC' }] },
    '夕方に休ませません。東京の毎日3:01',
  ],
  [
    '9 o’clock of UTC',
    { 'wake-tasks': ['cron(1 9 ? * MON-FRI *)', { timeZone: 'UTC' }] },
    '平日の朝ではない時刻に起こします。東京の平日18:01',
  ],
  ['a stop at noon', { 'rest-tasks': ['cron(0 12,18 ? * * *)'] }, '仕事の時間に休ませます'],
  ['waking on Saturdays', { 'wake-tasks': ['cron(0 9 ? * * *)'] }, '平日の朝ではない'],
  [
    'a zone that doesn’t exist',
    { 'rest-tasks': ['cron(0 18 ? * * *)', { timeZone: 'Asia/Kyoto' }] },
    '決まった時刻ではありません',
  ],
  [
    'the SDK’s spelling',
    { 'rest-database': ['cron(10 3,18 ? * * *)', { wellNamed: false }] },
    'DbClusterIdentifier なので、動きません',
  ],
  ['the bound left as it is', { 'rest-scaling': null }, 'また起動します'],
  ['nothing for the database', { 'rest-database': null }, 'Auroraを休ませるスケジュールがありません'],
  ['nobody wakes the database', { 'wake-database': null }, 'Auroraを起こすスケジュールがありません'],
  ['a stop on weekdays only', { 'rest-database': ['cron(10 18 ? * MON-FRI *)'] }, '止めるのが平日だけ'],
])('%s fails', (_name, changes, words) => {
  expect(judge(changes)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});

test('none and switched-off ones pass, and say that everything always runs', () => {
  expect(check.judge({ found: [], now: NOW })).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('任意'),
  });
  const off = { enabled: false };
  const found = [
    schedule('rest-tasks', 'cron(0 18 ? * * *)', off),
    schedule('wake-tasks', 'cron(0 9 ? * MON-FRI *)', off),
  ];
  expect(check.judge({ found, now: NOW })).toMatchObject({
    status: 'pass',
    evidence: expect.stringContaining('どれも無効'),
  });
});
