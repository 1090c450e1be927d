import type { Resource } from '../check.ts';
import type { World } from '../world.ts';

export interface DatabaseSnapshot {
  /** The cluster or instance that it was taken of, which may be gone. */
  database: string;
  engine: string;
  /** The VPC in which that was. */
  vpc: string | null;
  status: string;
  /** Of an Aurora cluster, else of a plain RDS instance. */
  ofCluster: boolean;
}

/** The region's snapshots that stay until somebody deletes them: those that were asked for, also as the last one at a deletion. */
export async function databaseSnapshots({ aws: { rds } }: World): Promise<Resource<DatabaseSnapshot>[]> {
  const [{ DBClusterSnapshots = [] }, { DBSnapshots = [] }] = await Promise.all([
    rds.describeDBClusterSnapshots({ SnapshotType: 'manual' }),
    rds.describeDBSnapshots({ SnapshotType: 'manual' }),
  ]);
  return [
    ...DBClusterSnapshots.map((one) =>
      resource(one.DBClusterSnapshotIdentifier, one.DBClusterSnapshotArn, {
        database: one.DBClusterIdentifier ?? '',
        engine: one.Engine ?? '',
        vpc: one.VpcId || null,
        status: one.Status ?? '',
        ofCluster: true,
      }),
    ),
    ...DBSnapshots.map((one) =>
      resource(one.DBSnapshotIdentifier, one.DBSnapshotArn, {
        database: one.DBInstanceIdentifier ?? '',
        engine: one.Engine ?? '',
        vpc: one.VpcId || null,
        status: one.Status ?? '',
        ofCluster: false,
      }),
    ),
  ];
}

function resource(id = '', arn: string | undefined, properties: DatabaseSnapshot): Resource<DatabaseSnapshot> {
  const type = properties.ofCluster ? 'AWS::RDS::DBClusterSnapshot' : 'AWS::RDS::DBSnapshot';
  return {
    type,
    id,
    arn: arn ?? null,
    name: id,
    parent: properties.database,
    relations: {},
    origin: 'console',
    properties,
  };
}
