import type { EC2 } from '@aws-sdk/client-ec2';
import type { CreateDBClusterCommandInput, RDS } from '@aws-sdk/client-rds';
import { type Built, buildNetwork, type Deviations } from './network.ts';
import { buildGroups, type Groups } from './security-groups.ts';

/** What was built up to and with the database. */
export interface WithDatabase {
  network: Built;
  groups: Groups;
  cluster: string;
  instance: string;
  subnetGroup: string;
  parameterGroup: string;
}

/** Slips that can only be made while building. */
export interface DatabaseDeviations {
  cluster?: Partial<CreateDBClusterCommandInput>;
  /** null leaves the instance out. */
  instance?: { class?: string; public?: boolean } | null;
  /** Which subnets the group holds; the private ones by default. */
  subnets?: (network: Built) => string[];
  /** Which groups the cluster has; the database's own by default. */
  securityGroups?: (groups: Groups, ec2: EC2, network: Built) => Promise<string[]>;
  /** Parameters of the cluster's parameter group; null takes AWS's default group. */
  parameters?: Record<string, string> | null;
  network?: Deviations;
  /** What stands in place of a name that nobody expects. */
  name?: (own: string) => string;
}

/** Builds network, groups and the plan's Aurora cluster by plain calls, with names that nobody expects and no tags. */
export async function buildDatabase(ec2: EC2, rds: RDS, deviations: DatabaseDeviations = {}): Promise<WithDatabase> {
  const { name = (own) => own } = deviations;
  const network = await buildNetwork(ec2, deviations.network);
  const groups = await buildGroups(ec2, network.vpc);
  const built = {
    network,
    groups,
    cluster: name('kiji'),
    instance: name('kiji-a'),
    subnetGroup: name('naka'),
    parameterGroup: name('tls'),
  };
  const { subnets = ({ privateSubnets }) => privateSubnets, securityGroups = async ({ rds: own }) => [own] } =
    deviations;
  const { parameters = { 'rds.force_ssl': '1' }, instance = {} } = deviations;
  const attached = await securityGroups(groups, ec2, network);
  await rds.createDBSubnetGroup({
    DBSubnetGroupName: built.subnetGroup,
    DBSubnetGroupDescription: 'x',
    SubnetIds: subnets(network),
  });
  if (parameters !== null) {
    await rds.createDBClusterParameterGroup({
      DBClusterParameterGroupName: built.parameterGroup,
      DBParameterGroupFamily: 'aurora-postgresql17',
      Description: 'x',
    });
    await rds.modifyDBClusterParameterGroup({
      DBClusterParameterGroupName: built.parameterGroup,
      Parameters: Object.entries(parameters).map(([ParameterName, ParameterValue]) => ({
        ParameterName,
        ParameterValue,
        ApplyMethod: 'immediate',
      })),
    });
  }
  await rds.createDBCluster({
    DBClusterIdentifier: built.cluster,
    Engine: 'aurora-postgresql',
    EngineVersion: '17.9',
    DatabaseName: 'blogdb',
    MasterUsername: 'bloguser',
    MasterUserPassword: 'correct-horse-battery',
    DBSubnetGroupName: built.subnetGroup,
    VpcSecurityGroupIds: attached,
    StorageEncrypted: true,
    BackupRetentionPeriod: 7,
    ...(parameters === null ? {} : { DBClusterParameterGroupName: built.parameterGroup }),
    ...deviations.cluster,
  });
  if (instance !== null) {
    await addInstance(rds, built.cluster, built.instance, instance.class, instance.public, deviations.cluster?.Engine);
  }
  return built;
}

/** One more instance of a cluster; the first is its writer. */
export async function addInstance(
  rds: RDS,
  cluster: string,
  id: string,
  size = 'db.t4g.medium',
  reachable = false,
  engine = 'aurora-postgresql',
): Promise<void> {
  await rds.createDBInstance({
    DBInstanceIdentifier: id,
    DBInstanceClass: size,
    Engine: engine,
    DBClusterIdentifier: cluster,
    PubliclyAccessible: reachable,
  });
}
