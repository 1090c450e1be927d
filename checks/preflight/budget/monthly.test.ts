import { expect, test } from 'vitest';
import { budgetsAre } from '../../corpus/budget.ts';
import { aws, denied, rehearsalCaller, said } from '../../corpus/recorded.ts';
import check from './monthly.ts';

test('a monthly cost budget of everything passes, and says that it stops nothing', async () => {
  const judgement = await said(check, budgetsAre([{}]));
  expect(judgement).toMatchObject({
    status: 'pass',
    evidence: '予算「workbook」（月 20 USD）が見張っています。',
    advice: expect.stringContaining('止めてはくれません'),
    resources: [{ id: 'workbook', origin: 'console' }],
  });
});

test.each([
  ['no budget', [], 'アカウント 111122223333 に予算がありません。'],
  ['a usage budget', [{ BudgetType: 'USAGE' as const }], '種類 USAGE'],
  ['a daily budget', [{ TimeUnit: 'DAILY' as const }], '期間 DAILY'],
  ['one that has ended', [{ TimePeriod: { End: new Date('2026-11-22T00:00:00Z') } }], '期限切れ'],
  ['one that begins next month', [{ TimePeriod: { Start: new Date('2026-12-01T00:00:00Z') } }], '開始前'],
  ['one service only', [{ CostFilters: { Service: ['Amazon EC2'] } }], 'フィルター: Service'],
  [
    'one service only, in the newer form',
    [{ FilterExpression: { Dimensions: { Key: 'SERVICE' as const, Values: ['Amazon EC2'] } } }],
    'フィルター: SERVICE',
  ],
  ['one tag only', [{ FilterExpression: { Tags: { Key: 'team', Values: ['a'] } } }], 'フィルター: TAG:team'],
])('%s fails', async (_name, budgets, words) => {
  expect(await said(check, budgetsAre(budgets))).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(words),
  });
});

test('a good one among others is enough', async () => {
  const others = [
    { BudgetName: 'ec2', CostFilters: { Service: ['Amazon EC2'] } },
    { BudgetName: 'hours', BudgetType: 'USAGE' as const },
  ];
  expect(await said(check, budgetsAre([...others, {}]))).toMatchObject({ status: 'pass' });
});

test('leaving out credits and refunds is no narrowing', async () => {
  const withoutCredits = {
    FilterExpression: { Not: { Dimensions: { Key: 'RECORD_TYPE' as const, Values: ['Credit', 'Refund'] } } },
  };
  expect(await said(check, budgetsAre([withoutCredits]))).toMatchObject({ status: 'pass' });
});

test('without the permission to see them, budgets are not missing', async () => {
  const [me, stack, list] = budgetsAre([{}]);
  if (!me || !stack || !list) throw new Error('the corpus changed');
  expect(await said(check, [me, stack, denied(list)])).toMatchObject({
    name: 'AccessDenied',
    action: 'budgets:ViewBudget',
  });
  expect(list.action).toBe(aws('budgets', 'describeBudgets', {}, null).action);
});

test('the rehearsal costs nothing, so no budget is no mistake there', async () => {
  expect(await said(check, budgetsAre([], rehearsalCaller))).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('見ていません'),
  });
});
