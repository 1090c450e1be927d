import { expect, test } from 'vitest';
import { callerIs, failed, rehearsalCaller, said } from '../../corpus/recorded.ts';
import type { Call } from '../../ports/tape.ts';
import check from './plan.ts';

const me = callerIs(':user/workbook');
const plan = (output: object): Call => ({
  port: 'aws',
  action: 'freetier:GetAccountPlanState',
  input: {},
  output: { accountId: '111122223333', accountPlanStatus: 'ACTIVE', ...output },
});

test('a free plan fails and says how to go on, with what is left of it', async () => {
  const credits = { amount: 87.5, unit: 'USD' };
  const judgement = await said(check, [
    me,
    plan({
      accountPlanType: 'FREE',
      accountPlanRemainingCredits: credits,
      accountPlanExpirationDate: '2027-05-01T00:00:00Z',
    }),
  ]);
  expect(judgement).toMatchObject({ status: 'fail', expected: expect.stringContaining('リハーサルで進む') });
  expect(judgement).toHaveProperty(
    'evidence',
    'アカウント 111122223333 は無料プランです（2027-05-01 まで）。クレジットの残りは 87.5 USD です。',
  );
});

test('an expired free plan fails as expired', async () => {
  const judgement = await said(check, [me, plan({ accountPlanType: 'FREE', accountPlanStatus: 'EXPIRED' })]);
  expect(judgement).toMatchObject({ status: 'fail', evidence: expect.stringContaining('期限が切れています') });
});

test('a paid plan passes', async () => {
  expect(await said(check, [me, plan({ accountPlanType: 'PAID' })])).toMatchObject({ status: 'pass' });
});

test('an account older than the plans passes', async () => {
  const none = failed(plan({}), { name: 'ResourceNotFoundException', status: 400 });
  expect(await said(check, [me, none])).toMatchObject({
    status: 'pass',
    evidence: expect.stringContaining('区別がありません'),
  });
});

test('a refused look is no mistake of the account', async () => {
  const refused = failed(plan({}), { name: 'AccessDeniedException', status: 400 });
  expect(await said(check, [me, refused])).toMatchObject({
    name: 'AccessDeniedException',
    action: 'freetier:GetAccountPlanState',
  });
});

test('the rehearsal has no plan: it passes, and says that nothing was looked at', async () => {
  expect(await said(check, [rehearsalCaller])).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('見ていません'),
  });
});
