import type { Resource } from '../check.ts';
import type { World } from '../world.ts';

export interface RetainedBackup {
  /** The cluster or instance that it is of, which is gone. */
  database: string;
  engine: string;
  vpc: string | null;
  /** Of an Aurora cluster, else of a plain RDS instance. */
  ofCluster: boolean;
}

/**
 * Automated backups that were kept when their database was deleted, each known by the database's resource id.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.Retaining.html
 */
export async function retainedBackups({ aws: { rds } }: World): Promise<Resource<RetainedBackup>[]> {
  const [{ DBClusterAutomatedBackups = [] }, { DBInstanceAutomatedBackups = [] }] = await Promise.all([
    rds.describeDBClusterAutomatedBackups({}),
    rds.describeDBInstanceAutomatedBackups({}),
  ]);
  const ofClusters = DBClusterAutomatedBackups.filter(({ Status }) => Status === 'retained').map((one) =>
    resource(one.DbClusterResourceId, one.DBClusterAutomatedBackupsArn, {
      database: one.DBClusterIdentifier ?? '',
      engine: one.Engine ?? '',
      vpc: one.VpcId || null,
      ofCluster: true,
    }),
  );
  const ofInstances = DBInstanceAutomatedBackups.filter(({ Status }) => Status === 'retained').map((one) =>
    resource(one.DbiResourceId, one.DBInstanceAutomatedBackupsArn, {
      database: one.DBInstanceIdentifier ?? '',
      engine: one.Engine ?? '',
      vpc: one.VpcId || null,
      ofCluster: false,
    }),
  );
  return [...ofClusters, ...ofInstances];
}

function resource(id = '', arn: string | undefined, properties: RetainedBackup): Resource<RetainedBackup> {
  // CloudFormation has no type for it.
  const type = properties.ofCluster ? 'AWS::RDS::DBClusterAutomatedBackup' : 'AWS::RDS::DBInstanceAutomatedBackup';
  const { database } = properties;
  return { type, id, arn: arn ?? null, name: database, parent: database, relations: {}, origin: 'console', properties };
}
