import { expect, test } from 'vitest';
import { alertsAre, budgetsAre } from '../../corpus/budget.ts';
import { aws, failed, rehearsalCaller, said } from '../../corpus/recorded.ts';
import type { Call } from '../../ports/tape.ts';
import check from './subscriber.ts';

const TOPIC = 'arn:aws:sns:ap-northeast-1:111122223333:cost';
const bySns = [{ SubscriptionType: 'SNS', Address: TOPIC }];
const open = {
  Effect: 'Allow',
  Principal: { Service: 'budgets.amazonaws.com' },
  Action: 'SNS:Publish',
  Resource: TOPIC,
};
const topic = (statement: object, ...arns: string[]): Call[] => [
  aws(
    'sns',
    'getTopicAttributes',
    { TopicArn: TOPIC },
    { Attributes: { Policy: JSON.stringify({ Statement: [statement] }) } },
  ),
  aws(
    'sns',
    'listSubscriptionsByTopic',
    { TopicArn: TOPIC },
    { Subscriptions: arns.map((SubscriptionArn) => ({ SubscriptionArn })) },
  ),
];

test('an e-mail address passes, hidden, and with the honest note that nobody knows whether it arrives', async () => {
  const mail = [{ SubscriptionType: 'EMAIL', Address: 'hanako@example.com' }];
  const judgement = await said(check, [...budgetsAre([{}]), ...alertsAre('workbook', mail)]);
  expect(judgement).toMatchObject({
    status: 'pass',
    evidence: '予算「workbook」は、実績が50%を超えたときに知らせます（メール h…@example.com）。',
    advice: expect.stringContaining('わかりません'),
  });
  expect(JSON.stringify(judgement)).not.toContain('hanako');
});

test('no threshold fails', async () => {
  const judgement = await said(check, [...budgetsAre([{}]), ...alertsAre('workbook', null)]);
  expect(judgement).toMatchObject({ status: 'fail', evidence: expect.stringContaining('しきい値が1つもありません') });
});

test('a threshold that tells nobody fails', async () => {
  const judgement = await said(check, [...budgetsAre([{}]), ...alertsAre('workbook', [])]);
  expect(judgement).toMatchObject({ status: 'fail', evidence: expect.stringContaining('通知先がありません') });
});

test('a confirmed subscription of an open topic passes', async () => {
  const judgement = await said(check, [
    ...budgetsAre([{}]),
    ...alertsAre('workbook', bySns),
    ...topic(open, `${TOPIC}:1`, 'PendingConfirmation'),
  ]);
  expect(judgement).toMatchObject({ status: 'pass', evidence: expect.stringContaining('確認ずみの登録 1 件') });
});

test.each([
  ['nobody has confirmed', topic(open, 'PendingConfirmation'), '確認されていません'],
  ['nobody has subscribed', topic(open), '登録している人がいません'],
  ['everyone has left', topic(open, 'Deleted'), '登録している人がいません'],
  [
    "the topic's policy is AWS's default",
    topic({ ...open, Principal: { AWS: '*' } }, `${TOPIC}:1`),
    '発行を許可していません',
  ],
  [
    'the topic lets Budgets only subscribe',
    topic({ ...open, Action: 'SNS:Subscribe' }, `${TOPIC}:1`),
    '発行を許可していません',
  ],
])('a topic fails when %s', async (_name, calls, words) => {
  const judgement = await said(check, [...budgetsAre([{}]), ...alertsAre('workbook', bySns), ...calls]);
  expect(judgement).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
  expect(judgement).toHaveProperty('evidence', expect.stringContaining(TOPIC));
});

test('a topic that was deleted fails', async () => {
  const gone = topic(open).map((call) => failed(call, { name: 'NotFoundException', status: 404 }));
  const judgement = await said(check, [...budgetsAre([{}]), ...alertsAre('workbook', bySns), ...gone]);
  expect(judgement).toMatchObject({ status: 'fail', evidence: expect.stringContaining('がありません') });
});

test('of two equally good budgets the one that tells somebody counts', async () => {
  const judgement = await said(check, [
    ...budgetsAre([{ BudgetName: 'quiet' }, { BudgetName: 'loud' }]),
    ...alertsAre('quiet', null),
    ...alertsAre('loud', [{ SubscriptionType: 'EMAIL', Address: 'a@example.com' }]),
  ]);
  expect(judgement).toMatchObject({ status: 'pass', evidence: expect.stringContaining('loud') });
});

test('the rehearsal tells thresholds only, and says so', async () => {
  const of = { AccountId: '123456789012', BudgetName: 'workbook' };
  const none = aws('budgets', 'describeNotificationsForBudget', of, { Notifications: [] });
  const one = aws('budgets', 'describeNotificationsForBudget', of, {
    Notifications: [{ NotificationType: 'FORECASTED', Threshold: 100 }],
  });
  expect(await said(check, [...budgetsAre([{}], rehearsalCaller), none])).toMatchObject({ status: 'fail' });
  expect(await said(check, [...budgetsAre([{}], rehearsalCaller), one])).toMatchObject({
    status: 'pass',
    evidence: expect.stringContaining('予測が100%'),
    advice: expect.stringContaining('通知先も読めません'),
  });
});
