import { expect, test } from 'vitest';
import { emptyAccount } from '../../corpus/empty-account.ts';
import { aws, denied, said } from '../../corpus/recorded.ts';
import check from './secrets.ts';

test('an empty account passes', async () => {
  expect(await said(check, emptyAccount)).toMatchObject({ status: 'pass' });
});

test('what is left is named, with its price and the command', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'secretsManager',
      'listSecrets',
      { IncludePlannedDeletion: true },
      { SecretList: [{ Name: 'blog-aws-practice-secret', ARN: 'arn:s' }] },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('・シークレット blog-aws-practice-secret: 1か月約$0.40（約60円）'),
    fix: { cli: expect.stringContaining('delete-secret --secret-id blog-aws-practice-secret') },
  });
});

test('what is somebody else’s is listed, and nothing to mend', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'secretsManager',
      'listSecrets',
      { IncludePlannedDeletion: true },
      { SecretList: [{ Name: 'shop', ARN: 'arn:t' }] },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^この環境のものではないので触りません: .*シークレット shop/),
  });
});

test('an action that is denied is said, and never green', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    denied(aws('secretsManager', 'listSecrets', { IncludePlannedDeletion: true }, null)),
  ]);
  expect(judgement).toMatchObject({ name: 'AccessDenied', status: 403 });
});

test('one that waits for its deletion costs nothing; when its name comes free is said', async () => {
  const SecretList = [
    { Name: 'blog-aws-practice-secret', ARN: 'arn:s', DeletedDate: new Date('2026-12-01T00:00:00Z') },
  ];
  const list = aws('secretsManager', 'listSecrets', { IncludePlannedDeletion: true }, { SecretList });
  const judgement = await said(check, [...emptyAccount, list]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/料金はかかりません.*2026-12-01に消えます/),
  });
});
