import type { Budget } from '@aws-sdk/client-budgets';
import { expect, test } from 'vitest';
import { budgetsAre } from '../../corpus/budget.ts';
import { rehearsalCaller, said } from '../../corpus/recorded.ts';
import check from './credits.ts';

const without = (over: Partial<Budget>): Partial<Budget> => ({ CostTypes: undefined, ...over });
const credits = { Dimensions: { Key: 'RECORD_TYPE' as const, Values: ['Credit', 'Refund'] } };
const usage = { Dimensions: { Key: 'RECORD_TYPE' as const, Values: ['Usage', 'Tax'] } };

test.each([
  ['IncludeCredit is false', {}],
  ['a filter leaves credits out', without({ FilterExpression: { Not: credits } })],
  ['a filter leaves them out among other things', without({ FilterExpression: { And: [usage, { Not: credits }] } })],
  ['a filter names only other kinds', without({ FilterExpression: usage })],
])('%s: passes', async (_name, budget) => {
  expect(await said(check, budgetsAre([budget]))).toMatchObject({ status: 'pass' });
});

test.each([
  ['IncludeCredit is true', { CostTypes: { IncludeCredit: true } }],
  ['nothing is said, so that AWS includes them', without({})],
  ['a filter keeps only credits', without({ FilterExpression: credits })],
  ['one of two ways lets them in', without({ FilterExpression: { Or: [usage, credits] } })],
])('%s: fails', async (_name, budget) => {
  expect(await said(check, budgetsAre([budget]))).toMatchObject({
    status: 'fail',
    evidence: '予算「workbook」は、クレジットを差し引いたあとの金額を見張っています。',
  });
});

test('in the rehearsal a budget is judged where there is one', async () => {
  expect(await said(check, budgetsAre([], rehearsalCaller))).toMatchObject({ status: 'pass' });
  expect(await said(check, budgetsAre([{ CostTypes: { IncludeCredit: true } }], rehearsalCaller))).toMatchObject({
    status: 'fail',
  });
});
