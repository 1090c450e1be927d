import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import type { FlowLog } from '../../find/flow-logs.ts';
import check from './flow-logs.ts';

const log = (traffic: string): Resource<FlowLog> => ({
  type: 'AWS::EC2::FlowLog',
  id: 'fl-1',
  arn: null,
  name: null,
  parent: 'vpc-1',
  relations: {},
  origin: 'console',
  properties: { traffic, failure: null },
});

test.each([
  ['ALL', 'pass'],
  ['REJECT', 'pass'],
  ['ACCEPT', 'fail'],
])('%s: %s', (traffic, status) => {
  expect(check.judge({ found: [log(traffic)] }).status).toBe(status);
});

test('none fails', () => {
  expect(check.judge({ found: [] })).toMatchObject({ status: 'fail', evidence: expect.stringContaining('ありません') });
});
