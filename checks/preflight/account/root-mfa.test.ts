import { expect, test } from 'vitest';
import { aws, callerIs, denied, rehearsalCaller, said } from '../../corpus/recorded.ts';
import check from './root-mfa.ts';

const me = callerIs(':user/workbook');
const summary = (map: Record<string, number>) => aws('iam', 'getAccountSummary', {}, { SummaryMap: map });

test('without MFA it fails', async () => {
  const judgement = await said(check, [me, summary({ AccountMFAEnabled: 0, AccountPasswordPresent: 1 })]);
  expect(judgement).toMatchObject({ status: 'fail', evidence: expect.stringContaining('MFA がありません') });
});

test('access keys of the root user are the first thing to mend, MFA or not', async () => {
  const judgement = await said(check, [
    me,
    summary({ AccountMFAEnabled: 1, AccountAccessKeysPresent: 1, AccountPasswordPresent: 1 }),
  ]);
  expect(judgement).toMatchObject({ status: 'fail', evidence: expect.stringContaining('アクセスキーがあります') });
});

test('with MFA and without keys it passes', async () => {
  const judgement = await said(check, [
    me,
    summary({ AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, AccountPasswordPresent: 1 }),
  ]);
  expect(judgement).toMatchObject({ status: 'pass' });
});

test('a member account whose root user has no password passes without MFA', async () => {
  const judgement = await said(check, [me, summary({ AccountMFAEnabled: 0, AccountPasswordPresent: 0 })]);
  expect(judgement).toMatchObject({ status: 'pass', evidence: expect.stringContaining('組織が管理') });
});

test('a refused look is no missing MFA', async () => {
  expect(await said(check, [me, denied(summary({}))])).toMatchObject({ action: 'iam:GetAccountSummary' });
});

test('the rehearsal has no root user', async () => {
  expect(await said(check, [rehearsalCaller])).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('見ていません'),
  });
});
