import { expect, test } from 'vitest';
import { emptyAccount } from '../../corpus/empty-account.ts';
import { aws, denied, said } from '../../corpus/recorded.ts';
import check from './databases.ts';

test('an empty account passes', async () => {
  expect(await said(check, emptyAccount)).toMatchObject({ status: 'pass' });
});

test('what is left is named, with its price and the command', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'rds',
      'describeDBClusters',
      {},
      {
        DBClusters: [{ DBClusterIdentifier: 'blog-aws-practice-db', Engine: 'aurora-postgresql', Status: 'available' }],
      },
    ),
    aws(
      'rds',
      'describeDBInstances',
      {},
      {
        DBInstances: [
          {
            DBInstanceIdentifier: 'one',
            DBClusterIdentifier: 'blog-aws-practice-db',
            DBInstanceClass: 'db.t4g.medium',
          },
        ],
      },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('・Aurora クラスター blog-aws-practice-db: 1か月約$82.49（約12,374円）'),
    fix: { cli: expect.stringContaining('delete-db-instance --db-instance-identifier one') },
  });
});

test('what is somebody else’s is listed, and nothing to mend', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'rds',
      'describeDBInstances',
      {},
      { DBInstances: [{ DBInstanceIdentifier: 'shop', Engine: 'postgres', DBInstanceClass: 'db.t4g.micro' }] },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^この環境のものではないので触りません: .*shop/),
  });
});

test('an action that is denied is said, and never green', async () => {
  const judgement = await said(check, [...emptyAccount, denied(aws('rds', 'describeDBClusters', {}, null))]);
  expect(judgement).toMatchObject({ name: 'AccessDenied', status: 403 });
});
