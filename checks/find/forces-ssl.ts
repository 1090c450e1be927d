import { isNotThere } from '../ports/look-error.ts';
import type { World } from '../world.ts';
import type { DatabaseCluster } from './database-clusters.ts';

/** From this major version on Aurora PostgreSQL's own default is 1: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html */
const ON_BY_DEFAULT = 17;

/** Whether a cluster's parameter group makes it refuse connections that are not encrypted. */
export async function forcesSsl(
  { aws }: World,
  { parameterGroup, version }: Pick<DatabaseCluster, 'parameterGroup' | 'version'>,
): Promise<boolean> {
  const { Parameters = [] } = await aws.rds
    .describeDBClusterParameters({ DBClusterParameterGroupName: parameterGroup })
    .catch((error: unknown) => {
      // An endpoint that doesn't know AWS's default groups.
      if (isNotThere(error)) return { Parameters: [] };
      throw error;
    });
  const value = Parameters.find(({ ParameterName }) => ParameterName === 'rds.force_ssl')?.ParameterValue;
  return value === undefined ? Number.parseInt(version, 10) >= ON_BY_DEFAULT : value === '1';
}
