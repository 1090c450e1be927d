import { expect, test } from 'vitest';
import { callerIs, failed, rehearsalCaller, said } from '../../corpus/recorded.ts';
import check from './identity.ts';

test('the root user fails, with the reason', async () => {
  const judgement = await said(check, [callerIs(':root')]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: 'ルートユーザー（arn:aws:iam::111122223333:root）で入っています。',
  });
  expect(check.why).toContain('権限を減らせません');
});

test.each([
  [':user/workbook', 'IAM ユーザー workbook'],
  [':user/team/a/workbook', 'IAM ユーザー workbook'],
  // Not the root user, only someone called so.
  [':user/root', 'IAM ユーザー root'],
  [':assumed-role/AWSReservedSSO_AdministratorAccess_0123/hana', '一時的な認証情報'],
  [':federated-user/hana', 'フェデレーションユーザー hana'],
  // Someone in a real account who is called like the rehearsal's user.
  [':user/moto', 'IAM ユーザー moto'],
])('%s passes as %s', async (suffix, words) => {
  expect(await said(check, [callerIs(suffix)])).toMatchObject({
    status: 'pass',
    evidence: expect.stringContaining(words),
  });
});

test('the rehearsal is recognised', async () => {
  expect(await said(check, [rehearsalCaller])).toMatchObject({
    status: 'pass',
    evidence: expect.stringContaining('リハーサル'),
  });
});

test('without credentials nothing is judged', async () => {
  const none = failed(callerIs(':root'), { name: 'CredentialsProviderError' });
  expect(await said(check, [none])).toMatchObject({ name: 'CredentialsProviderError' });
});
