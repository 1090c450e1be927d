import { expect, test } from 'vitest';
import { emptyAccount } from '../../corpus/empty-account.ts';
import { aws, denied, said } from '../../corpus/recorded.ts';
import check from './repositories.ts';

test('an empty account passes', async () => {
  expect(await said(check, emptyAccount)).toMatchObject({ status: 'pass' });
});

test('what is left is named, with its price and the command', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'ecr',
      'describeRepositories',
      {},
      {
        repositories: [{ repositoryName: 'blog-aws-practice-server', repositoryUri: '1.dkr/blog-aws-practice-server' }],
      },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(
      '・ECR リポジトリ blog-aws-practice-server: 使った量に応じて: ECR のイメージ（1GBごとに月$0.1）',
    ),
    fix: { cli: expect.stringContaining('delete-repository --repository-name blog-aws-practice-server --force') },
  });
});

test('what is somebody else’s is listed, and nothing to mend', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws('ecr', 'describeRepositories', {}, { repositories: [{ repositoryName: 'shop', repositoryUri: '1.dkr/shop' }] }),
  ]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^この環境のものではないので触りません: .*ECR リポジトリ shop/),
  });
});

test('an action that is denied is said, and never green', async () => {
  const judgement = await said(check, [...emptyAccount, denied(aws('ecr', 'describeRepositories', {}, null))]);
  expect(judgement).toMatchObject({ name: 'AccessDenied', status: 403 });
});
