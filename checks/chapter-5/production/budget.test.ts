import { expect, test } from 'vitest';
import { alertsAre, budgetsAre } from '../../corpus/budget.ts';
import { aws, rehearsalCaller, said } from '../../corpus/recorded.ts';
import check from './budget.ts';

const mail = [{ SubscriptionType: 'EMAIL', Address: 'hanako@example.com' }];

test('a monthly budget that tells somebody passes', async () => {
  expect(await said(check, [...budgetsAre([{}]), ...alertsAre('workbook', mail)])).toMatchObject({
    status: 'pass',
    evidence: expect.stringContaining('月 20 USD'),
  });
});

test('a missing one fails, and so does one that tells nobody', async () => {
  expect(await said(check, budgetsAre([]))).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('111122223333'),
  });
  expect(await said(check, [...budgetsAre([{}]), ...alertsAre('workbook', [])])).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('だれにも届きません'),
  });
  const ended = { TimePeriod: { End: new Date('2026-11-22T00:00:00Z') } };
  expect(await said(check, budgetsAre([ended]))).toMatchObject({ status: 'fail' });
});

test('in the rehearsal thresholds are all there is to see', async () => {
  const of = { AccountId: '123456789012', BudgetName: 'workbook' };
  const thresholds = aws('budgets', 'describeNotificationsForBudget', of, { Notifications: [{ Threshold: 50 }] });
  expect(await said(check, [...budgetsAre([{}], rehearsalCaller), thresholds])).toMatchObject({ status: 'pass' });
  expect(await said(check, budgetsAre([], rehearsalCaller))).toMatchObject({ status: 'fail' });
});
