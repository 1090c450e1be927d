import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import type { Alarm } from '../../find/alarms.ts';
import check from './notifications.ts';

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

const arn = 'arn:aws:sns:ap-northeast-1:1:bell';
const listening = { exists: true, open: true, confirmed: 1, unconfirmed: 0 };
const judge = (properties: Partial<Alarm>, topic = listening) =>
  check.judge({ found: [resource('cpu', properties)], topics: { [arn]: topic } });

test('somebody who has confirmed passes; so does an action of another kind', () => {
  expect(judge({}).status).toBe('pass');
  expect(judge({ actions: ['arn:aws:lambda:ap-northeast-1:1:function:page'] }).status).toBe('pass');
});

test('a mail that nobody has confirmed fails, and says what to press', () => {
  expect(judge({}, { ...listening, confirmed: 0, unconfirmed: 1 })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('リンクを押してください'),
  });
});

test('one topic that is heard is enough', () => {
  const deaf = `${arn}-2`;
  const topics = { [arn]: listening, [deaf]: { ...listening, confirmed: 0 } };
  expect(check.judge({ found: [resource('cpu', { actions: [deaf, arn] })], topics }).status).toBe('pass');
});

test('an alarm without an action fails, unless another on the same metric tells somebody', () => {
  const release = resource('release-cpu', { actions: [] });
  expect(check.judge({ found: [release], topics: {} })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('release-cpu'),
  });
  expect(check.judge({ found: [release, resource('cpu')], topics: { [arn]: listening } }).status).toBe('pass');
});
