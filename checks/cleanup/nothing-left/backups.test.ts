import { expect, test } from 'vitest';
import { emptyAccount } from '../../corpus/empty-account.ts';
import { aws, denied, said } from '../../corpus/recorded.ts';
import check from './backups.ts';

test('an empty account passes', async () => {
  expect(await said(check, emptyAccount)).toMatchObject({ status: 'pass' });
});

test('what is left is named, with its price and the command', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'rds',
      'describeDBClusterSnapshots',
      { SnapshotType: 'manual' },
      {
        DBClusterSnapshots: [
          {
            DBClusterSnapshotIdentifier: 'last',
            DBClusterIdentifier: 'blog-aws-practice-db',
            Engine: 'aurora-postgresql',
          },
        ],
      },
    ),
    aws(
      'rds',
      'describeDBClusterAutomatedBackups',
      {},
      {
        DBClusterAutomatedBackups: [
          {
            DbClusterResourceId: 'cluster-ABC',
            DBClusterIdentifier: 'database-1',
            Engine: 'aurora-postgresql',
            Status: 'retained',
          },
        ],
      },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(
      '・保持された自動バックアップ cluster-ABC（database-1）: 使った量に応じて: Aurora のバックアップ（1GBごとに月$0.023）',
    ),
    fix: { cli: expect.stringContaining('delete-db-cluster-snapshot --db-cluster-snapshot-identifier last') },
  });
});

test('what is somebody else’s is listed, and nothing to mend', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'rds',
      'describeDBSnapshots',
      { SnapshotType: 'manual' },
      { DBSnapshots: [{ DBSnapshotIdentifier: 'shop-2026', DBInstanceIdentifier: 'shop', Engine: 'mysql' }] },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^この環境のものではないので触りません: .*DB スナップショット shop-2026/),
  });
});

test('an action that is denied is said, and never green', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    denied(aws('rds', 'describeDBClusterSnapshots', { SnapshotType: 'manual' }, null)),
  ]);
  expect(judgement).toMatchObject({ name: 'AccessDenied', status: 403 });
});
