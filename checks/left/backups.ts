import { allDatabaseClusters } from '../find/database-clusters.ts';
import { databaseSnapshots } from '../find/database-snapshots.ts';
import { retainedBackups } from '../find/retained-backups.ts';
import type { World } from '../world.ts';
import { type Left, left } from './left.ts';
import { ownership } from './whose.ts';

const byGb = [{ type: 'AWS::RDS::DBClusterSnapshot', properties: {} }];

/**
 * Snapshots, and automated backups that were kept when their database was deleted: they cost as long as they are there.
 * Those of an Aurora PostgreSQL that is gone together with its VPC, under a name that tells nothing, are unclear.
 */
export async function leftBackups(world: World): Promise<Left[]> {
  const [snapshots, retained, clusters, tell] = await Promise.all([
    databaseSnapshots(world),
    retainedBackups(world),
    allDatabaseClusters(world),
    ownership(world),
  ]);
  const living = new Set(clusters.map(({ id }) => id));
  const orphaned = (database: string, engine: string) => engine === 'aurora-postgresql' && !living.has(database);
  return [
    ...snapshots.map((one) => {
      const { database, engine, vpc, ofCluster, status } = one.properties;
      const word = ofCluster ? 'db-cluster' : 'db';
      return left(
        one,
        tell({ names: [one.id, database], vpcs: [vpc] }, orphaned(database, engine) ? 'unclear' : 'others'),
        'DB スナップショット',
        [`aws rds delete-${word}-snapshot --${word}-snapshot-identifier ${one.id}`],
        { costing: byGb, going: status === 'deleting' },
      );
    }),
    ...retained.map((one) => {
      const { database, engine, vpc, ofCluster } = one.properties;
      return left(
        one,
        tell({ names: [database], vpcs: [vpc] }, orphaned(database, engine) ? 'unclear' : 'others'),
        '保持された自動バックアップ',
        [
          ofCluster
            ? `aws rds delete-db-cluster-automated-backup --db-cluster-resource-id ${one.id}`
            : `aws rds delete-db-instance-automated-backup --dbi-resource-id ${one.id}`,
        ],
        { costing: byGb },
      );
    }),
  ];
}
