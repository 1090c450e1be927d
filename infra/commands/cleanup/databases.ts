import { RDS } from '@aws-sdk/client-rds';
import { allDatabaseClusters } from '@blog-aws-practice/checks/find/database-clusters.ts';
import { databaseInstances } from '@blog-aws-practice/checks/find/database-instances.ts';
import { databaseSnapshots } from '@blog-aws-practice/checks/find/database-snapshots.ts';
import { type Removal, unlessGone } from './removal.ts';

/** Its instances go first. Neither a last snapshot nor automated backups are kept: who cleans up wants nothing to be paid. */
export const removeDatabaseCluster: Removal = async ({ resource: { id } }, { client, fresh, until }) => {
  const rds = client(RDS);
  const find = async () => (await fresh(allDatabaseClusters)).find((one) => one.id === id)?.properties;
  const now = await find();
  if (!now) return;
  // A cluster that is stopped, or about to be, can be deleted only once it runs.
  if (now.status === 'stopped') await rds.startDBCluster({ DBClusterIdentifier: id });
  if (now.status === 'stopped' || now.status === 'stopping' || now.status === 'starting') {
    await until(`Aurora クラスター ${id} が、削除できる状態になる`, async () => {
      const { status } = (await find()) ?? { status: 'available' };
      return status === 'available' ? null : status;
    });
  }
  if (now.deletionProtection) {
    await rds.modifyDBCluster({ DBClusterIdentifier: id, DeletionProtection: false, ApplyImmediately: true });
  }
  for (const instance of now.instances.filter(({ status }) => status !== 'deleting')) {
    await unlessGone(rds.deleteDBInstance({ DBInstanceIdentifier: instance.id, SkipFinalSnapshot: true }));
  }
  if (now.status !== 'deleting') {
    await unlessGone(
      rds.deleteDBCluster({ DBClusterIdentifier: id, SkipFinalSnapshot: true, DeleteAutomatedBackups: true }),
    );
  }
  await until(`Aurora クラスター ${id} が消える`, async () => {
    const left = await find();
    return left ? `${left.status}、残りのインスタンス${left.instances.length}` : null;
  });
};

export const removeDatabaseInstance: Removal = async ({ resource: { id } }, { client, fresh, until }) => {
  const rds = client(RDS);
  const find = async () => (await fresh(databaseInstances)).find((one) => one.id === id)?.properties.status ?? null;
  const now = await find();
  if (now === null) return;
  if (now !== 'deleting') {
    await unlessGone(
      rds.deleteDBInstance({ DBInstanceIdentifier: id, SkipFinalSnapshot: true, DeleteAutomatedBackups: true }),
    );
  }
  await until(`DB インスタンス ${id} が消える`, find);
};

export const removeSnapshot: Removal = async ({ resource: { id, type } }, { client, fresh, until }) => {
  const rds = client(RDS);
  await unlessGone(
    type === 'AWS::RDS::DBClusterSnapshot'
      ? rds.deleteDBClusterSnapshot({ DBClusterSnapshotIdentifier: id })
      : rds.deleteDBSnapshot({ DBSnapshotIdentifier: id }),
  );
  await until(
    `DB スナップショット ${id} が消える`,
    async () => (await fresh(databaseSnapshots)).find((one) => one.id === id)?.properties.status ?? null,
  );
};

export const removeRetainedBackup: Removal = ({ resource: { id, type } }, { client }) =>
  unlessGone(
    type === 'AWS::RDS::DBClusterAutomatedBackup'
      ? client(RDS).deleteDBClusterAutomatedBackup({ DbClusterResourceId: id })
      : client(RDS).deleteDBInstanceAutomatedBackup({ DbiResourceId: id }),
  );

export const removeSubnetGroup: Removal = ({ resource: { id } }, { client }) =>
  unlessGone(client(RDS).deleteDBSubnetGroup({ DBSubnetGroupName: id }));

export const removeParameterGroup: Removal = ({ resource: { id } }, { client }) =>
  unlessGone(client(RDS).deleteDBClusterParameterGroup({ DBClusterParameterGroupName: id }));
