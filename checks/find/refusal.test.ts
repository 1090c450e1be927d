import { expect, test } from 'vitest';
import { aws, denied, failed, NOW, recordedWorld } from '../corpus/recorded.ts';
import { withheld } from '../ports/aws/withhold.ts';
import { refusal } from './refusal.ts';

const LOOK = {
  LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'CreateLoadBalancer' }],
  MaxResults: 1,
};
const event = { errorCode: 'OperationNotPermitted', errorMessage: 'no', sourceIPAddress: '203.0.113.7' };
const look = (output: unknown) => aws('cloudtrail', 'lookupEvents', LOOK, output);

test('the newest try’s error is told, in AWS’s words', async () => {
  const world = recordedWorld([look({ Events: [{ CloudTrailEvent: JSON.stringify(event) }] })]);
  expect(await refusal(world, 'CreateLoadBalancer')).toEqual({ code: 'OperationNotPermitted', message: 'no' });
});

test('a try that worked, none at all, or an endpoint without a history tell nothing', async () => {
  const worked = recordedWorld([look({ Events: [{ CloudTrailEvent: '{"eventName":"CreateLoadBalancer"}' }] })]);
  expect(await refusal(worked, 'CreateLoadBalancer')).toBeNull();
  expect(await refusal(recordedWorld([look({ Events: [] })]), 'CreateLoadBalancer')).toBeNull();
  const emulator = recordedWorld([failed(look(null), { name: 'UnknownError', status: 500 })]);
  expect(await refusal(emulator, 'CreateLoadBalancer')).toBeNull();
});

test('a refusal of the day before yesterday says nothing of now', async () => {
  const EventTime = new Date(NOW.getTime() - 48 * 3_600_000);
  const world = recordedWorld([look({ Events: [{ EventTime, CloudTrailEvent: JSON.stringify(event) }] })]);
  expect(await refusal(world, 'CreateLoadBalancer')).toBeNull();
});

test('a missing permission is no absence', async () => {
  await expect(refusal(recordedWorld([denied(look(null))]), 'CreateLoadBalancer')).rejects.toThrow('AccessDenied');
});

test('of the event nothing but the error is kept, so that no recording tells who came from where', () => {
  const kept = withheld({ Events: [{ CloudTrailEvent: JSON.stringify(event) }] });
  expect(kept).toEqual({
    Events: [{ CloudTrailEvent: JSON.stringify({ errorCode: 'OperationNotPermitted', errorMessage: 'no' }) }],
  });
});
