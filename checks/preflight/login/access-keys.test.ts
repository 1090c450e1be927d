import { expect, test } from 'vitest';
import { aws, callerIs, NOW, rehearsalCaller, said } from '../../corpus/recorded.ts';
import check from './access-keys.ts';

const me = callerIs(':user/team/workbook');
const keys = (...list: { id: string; days: number; Status?: string }[]) =>
  aws(
    'iam',
    'listAccessKeys',
    { UserName: 'workbook' },
    {
      AccessKeyMetadata: list.map(({ id, days, Status = 'Active' }) => ({
        AccessKeyId: id,
        Status,
        CreateDate: new Date(NOW.getTime() - days * 86_400_000),
      })),
    },
  );

test('an active key older than 90 days fails, with the command that ends it', async () => {
  const judgement = await said(check, [me, keys({ id: 'AKIAOLD', days: 91 }, { id: 'AKIANEW', days: 3 })]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('AKIAOLD（91日前に作成）'),
    fix: { cli: 'aws iam update-access-key --user-name workbook --access-key-id AKIAOLD --status Inactive' },
  });
});

test('a younger key passes with advice', async () => {
  expect(await said(check, [me, keys({ id: 'AKIANEW', days: 90 })])).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('aws login'),
  });
});

test('an inactive key counts for nothing', async () => {
  const judgement = await said(check, [me, keys({ id: 'AKIAOLD', days: 400, Status: 'Inactive' })]);
  expect(judgement).toMatchObject({ status: 'pass', evidence: 'IAM ユーザー workbook にアクセスキーはありません。' });
});

test.each([[callerIs(':assumed-role/Admin/hana')], [rehearsalCaller]])(
  'a way in without keys is not asked for them',
  async (who) => {
    expect(await said(check, [who])).toMatchObject({ status: 'pass' });
  },
);
