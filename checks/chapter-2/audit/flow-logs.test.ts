import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import type { FlowLog } from '../../find/flow-logs.ts';
import check from './flow-logs.ts';

const log = (failure: string | null): Resource<FlowLog> => ({
  type: 'AWS::EC2::FlowLog',
  id: 'fl-1',
  arn: null,
  name: null,
  parent: 'vpc-1',
  relations: {},
  origin: 'console',
  properties: { traffic: 'ALL', failure },
});

test('none is advice, one that arrives passes', () => {
  expect(check.judge({ found: [] })).toMatchObject({ status: 'pass', advice: expect.stringContaining('任意') });
  expect(check.judge({ found: [log(null)] })).not.toHaveProperty('advice');
});

test('one that doesn’t arrive is named, in AWS’s own words', () => {
  expect(check.judge({ found: [log('Access error')] })).toMatchObject({
    status: 'fail',
    evidence: 'フローログ fl-1 が届いていません（Access error）。',
  });
});
