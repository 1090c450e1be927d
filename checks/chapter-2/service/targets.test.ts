import { expect, test } from 'vitest';
import { service } from '../../corpus/example-task.ts';
import type { Target } from '../../find/targets.ts';
import check from './targets.ts';

const target = (state: string, reason: string | null = null): Target => ({
  address: '10.0.11.10',
  port: 4000,
  state,
  reason,
  description: null,
});
const judge = (found: Target[], changes = {}) => check.judge({ service: service(changes), found });

test('a healthy target passes, also while another one comes or goes', () => {
  expect(judge([target('healthy')]).status).toBe('pass');
  expect(judge([target('healthy'), target('initial'), target('draining')]).status).toBe('pass');
});

test('an unhealthy one fails with AWS’s reason, even beside a healthy one', () => {
  const judged = judge([target('healthy'), target('unhealthy', 'Target.Timeout')]);
  expect(judged).toMatchObject({ status: 'fail', evidence: expect.stringContaining('Target.Timeout') });
});

test('the first health check, or a task that still starts, is pending', () => {
  expect(judge([target('initial')]).status).toBe('pending');
  expect(judge([], { pending: 1 }).status).toBe('pending');
});

test('a target in a zone that the load balancer doesn’t have is named with AWS’s reason', () => {
  const unused = {
    ...target('unused', 'Target.NotInUse'),
    description: 'Target is in an Availability Zone that is not enabled',
  };
  expect(judge([unused])).toMatchObject({
    status: 'fail',
    evidence: expect.stringMatching(/10\.0\.11\.10.*not enabled/),
  });
});

test('none at all fails with what the service last said', () => {
  const judged = judge([], { events: ['(service cows) was unable to place a task.'] });
  expect(judged).toMatchObject({ status: 'fail', evidence: expect.stringContaining('unable to place a task') });
});

test('the account’s limit for Fargate is no mistake', () => {
  const events = ["(service cows) … You've reached the limit on the number of vCPUs you can run concurrently."];
  expect(judge([], { events })).toMatchObject({ status: 'pending', evidence: expect.stringContaining('vCPUs') });
});
