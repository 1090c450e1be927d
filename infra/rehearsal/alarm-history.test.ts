import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { SNS } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTrial, type Trial } from './trial.ts';

let trial: Trial;
let topic: string;
beforeAll(async () => {
  trial = await startTrial();
  topic = (await trial.client(SNS).createTopic({ Name: 'alerts' })).TopicArn ?? '';
  await trial.client(CloudWatch).putMetricAlarm({
    ...{ AlarmName: 'slow', MetricName: 'm', Namespace: 'n', Statistic: 'Average', Period: 60, EvaluationPeriods: 1 },
    ...{ Threshold: 1, ComparisonOperator: 'GreaterThanThreshold', AlarmActions: [topic] },
  });
});
afterAll(() => trial.close());

const ring = (StateValue: 'ALARM' | 'OK') =>
  trial.client(CloudWatch).setAlarmState({ AlarmName: 'slow', StateValue, StateReason: 'drill' });
const history = async () =>
  ((await trial.client(CloudWatch).describeAlarmHistory({ AlarmName: 'slow' })).AlarmHistoryItems ?? []).map(
    ({ HistoryItemType, HistorySummary }) => `${HistoryItemType}: ${HistorySummary}`,
  );

it('keeps what an alarm came to and whom it told, the newest first, over a restart, and only changes', async () => {
  expect(await history()).toEqual([]);
  await ring('ALARM');
  await ring('ALARM');
  await trial.restart();
  await ring('OK');
  expect(await history()).toEqual([
    'StateUpdate: Alarm updated from ALARM to OK',
    `Action: Successfully executed action ${topic}`,
    'StateUpdate: Alarm updated from INSUFFICIENT_DATA to ALARM',
  ]);
});

it('says when nobody could be told', async () => {
  await trial.client(SNS).deleteTopic({ TopicArn: topic });
  await ring('ALARM');
  expect((await history())[0]).toBe(`Action: Failed to execute action ${topic}`);
});
