import { expect, test } from 'vitest';
import { TRIED } from '../example-trial.ts';
import check from './ready.ts';

test('passes where it follows the database', () => {
  expect(check.judge(TRIED)).toMatchObject({ status: 'pass' });
});

test.each([
  ['not there', { ready: { status: 404, body: '' } }, 'HTTP 404'],
  [
    'blind to a database that is down',
    { readyWithoutDatabase: { status: 200, body: '' } },
    '止めても、/ready が HTTP 200',
  ],
  ['hanging without a database', { readyWithoutDatabase: null }, '答えませんでした'],
])('fails where it is %s', (_, change, evidence) => {
  expect(check.judge({ ...TRIED, ...change })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(evidence),
  });
});
