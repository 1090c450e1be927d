import { expect, test } from 'vitest';
import { emptyAccount } from '../../corpus/empty-account.ts';
import { aws, denied, said } from '../../corpus/recorded.ts';
import check from './identities.ts';

test('an empty account passes', async () => {
  expect(await said(check, emptyAccount)).toMatchObject({ status: 'pass' });
});

test('what is left is named, with its price and the command', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'iam',
      'listRoles',
      {},
      {
        Roles: [
          { RoleName: 'blog-aws-practice-deploy', Path: '/', Arn: 'arn:r' },
          { RoleName: 'AWSServiceRoleForECS', Path: '/aws-service-role/ecs.amazonaws.com/' },
        ],
      },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('・IAM ロール blog-aws-practice-deploy: 料金はかかりません'),
    fix: { cli: expect.stringContaining('delete-role --role-name blog-aws-practice-deploy') },
  });
});

test('what is somebody else’s is listed, and nothing to mend', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws('iam', 'listRoles', {}, { Roles: [{ RoleName: 'shop', Path: '/', Arn: 'arn:q' }] }),
  ]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^この環境のものではないので触りません: .*IAM ロール shop/),
  });
});

test('an action that is denied is said, and never green', async () => {
  const judgement = await said(check, [...emptyAccount, denied(aws('iam', 'listRoles', {}, null))]);
  expect(judgement).toMatchObject({ name: 'AccessDenied', status: 403 });
});

test('GitHub’s OIDC provider may stay: other repositories may use it', async () => {
  const OpenIDConnectProviderList = [
    { Arn: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
    { Arn: 'arn:aws:iam::111122223333:oidc-provider/example.com' },
  ];
  const list = aws('iam', 'listOpenIDConnectProviders', {}, { OpenIDConnectProviderList });
  const judgement = await said(check, [...emptyAccount, list]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^残しておいてよいもの: OIDC プロバイダー token.actions.githubusercontent.com.*$/),
  });
});
