import type { DBCluster, DBInstance, DBSubnetGroup } from '@aws-sdk/client-rds';
import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { nameTag } from './name-tag.ts';
import { type Stack, workbookStack } from './stack.ts';
import { vpcId } from './vpcs.ts';

export interface DatabaseInstance {
  id: string;
  /** e.g. `db.t4g.medium`; `db.serverless` for Serverless v2. */
  class: string;
  status: string;
  writer: boolean;
  /** It has an address that the internet knows; its security group then decides alone. */
  public: boolean;
  zone: string;
  /** Its own endpoint, for this one instance only. */
  address: string;
  /** Settings of the cluster's parameter group wait for a restart of it. */
  awaitsRestart: boolean;
}

export interface DatabaseCluster {
  /** e.g. `aurora-postgresql`; plain RDS clusters say `postgres`. */
  engine: string;
  version: string;
  /** The database made with it; null where none was named. */
  database: string | null;
  status: string;
  endpoint: string;
  readerEndpoint: string;
  port: number;
  user: string;
  encrypted: boolean;
  backupDays: number;
  deletionProtection: boolean;
  /** The last moment to which its backups can take it back; null where AWS doesn't tell. */
  restorableTo: Date | null;
  /** Storage at a flat price per GB instead of a price per request (I/O-Optimized). */
  ioOptimized: boolean;
  /** Serverless v2's bounds in ACU, and the seconds after which it pauses at 0; null without one. */
  capacity: { min: number; max: number; pauseSeconds: number | null } | null;
  /** The VPC of its subnet group; null for one without a VPC (express). */
  vpc: string | null;
  subnetGroup: string;
  subnets: string[];
  securityGroups: string[];
  parameterGroup: string;
  instances: DatabaseInstance[];
}

/** The Aurora and RDS clusters of the environment's VPC. */
export async function databaseClusters(world: World): Promise<Resource<DatabaseCluster>[]> {
  const [all, vpc] = await Promise.all([allDatabaseClusters(world), vpcId(world)]);
  return all.filter(({ properties }) => vpc !== null && properties.vpc === vpc);
}

/** Every cluster of the region, in whatever VPC. */
export async function allDatabaseClusters(world: World): Promise<Resource<DatabaseCluster>[]> {
  const { rds } = world.aws;
  const [{ DBClusters = [] }, { DBInstances = [] }, { DBSubnetGroups = [] }, stack] = await Promise.all([
    rds.describeDBClusters({}),
    rds.describeDBInstances({}),
    rds.describeDBSubnetGroups({}),
    workbookStack(world),
  ]);
  return DBClusters.map((cluster) => {
    const id = cluster.DBClusterIdentifier;
    const instances = DBInstances.filter(({ DBClusterIdentifier }) => DBClusterIdentifier === id);
    const group = DBSubnetGroups.find(({ DBSubnetGroupName }) => DBSubnetGroupName === cluster.DBSubnetGroup);
    return resource(cluster, instances, group, stack);
  });
}

/** The cluster that is meant where the VPC has several: the stack's own, else Aurora PostgreSQL, else whichever there is. */
export function mainCluster(all: Resource<DatabaseCluster>[]): Resource<DatabaseCluster> | undefined {
  const fit = ({ origin, properties }: Resource<DatabaseCluster>) =>
    (origin === 'cdk' ? 2 : 0) + (properties.engine === 'aurora-postgresql' ? 1 : 0);
  return all.toSorted((a, b) => fit(b) - fit(a))[0];
}

/** The environment's database; undefined before there is one. */
export async function database(world: World): Promise<Resource<DatabaseCluster> | undefined> {
  return mainCluster(await databaseClusters(world));
}

/** Database instances that belong to no cluster: plain RDS, which is not Aurora. Their id is their identifier. */
export async function loneInstances(world: World): Promise<{ id: string; engine: string; vpc: string | null }[]> {
  const { DBInstances = [] } = await world.aws.rds.describeDBInstances({});
  return DBInstances.filter(({ DBClusterIdentifier }) => !DBClusterIdentifier).map((one) => ({
    id: one.DBInstanceIdentifier ?? '',
    engine: one.Engine ?? '',
    vpc: one.DBSubnetGroup?.VpcId ?? null,
  }));
}

function resource(
  cluster: DBCluster,
  instances: DBInstance[],
  group: DBSubnetGroup | undefined,
  stack: Stack,
): Resource<DatabaseCluster> {
  const id = cluster.DBClusterIdentifier ?? '';
  const subnets = (group?.Subnets ?? []).flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? []);
  const securityGroups = (cluster.VpcSecurityGroups ?? []).flatMap(
    ({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? [],
  );
  const scaling = cluster.ServerlessV2ScalingConfiguration;
  return {
    type: 'AWS::RDS::DBCluster',
    id,
    arn: cluster.DBClusterArn ?? null,
    name: nameTag(cluster.TagList) ?? id,
    parent: group?.VpcId ?? null,
    relations: { subnet: subnets, securityGroup: securityGroups },
    origin: stack.origin(id),
    properties: {
      engine: cluster.Engine ?? '',
      version: cluster.EngineVersion ?? '',
      database: cluster.DatabaseName || null,
      status: cluster.Status ?? '',
      endpoint: cluster.Endpoint ?? '',
      readerEndpoint: cluster.ReaderEndpoint ?? '',
      port: cluster.Port ?? 0,
      user: cluster.MasterUsername ?? '',
      encrypted: cluster.StorageEncrypted ?? false,
      backupDays: cluster.BackupRetentionPeriod ?? 0,
      deletionProtection: cluster.DeletionProtection ?? false,
      restorableTo: cluster.LatestRestorableTime ?? null,
      ioOptimized: cluster.StorageType === 'aurora-iopt1',
      capacity: scaling
        ? {
            min: scaling.MinCapacity ?? 0,
            max: scaling.MaxCapacity ?? 0,
            pauseSeconds: scaling.SecondsUntilAutoPause ?? null,
          }
        : null,
      vpc: group?.VpcId ?? null,
      subnetGroup: cluster.DBSubnetGroup ?? '',
      subnets,
      securityGroups,
      parameterGroup: cluster.DBClusterParameterGroup ?? '',
      instances: instances.map((one) => instance(one, cluster)),
    },
  };
}

function instance(one: DBInstance, cluster: DBCluster): DatabaseInstance {
  const id = one.DBInstanceIdentifier ?? '';
  const member = cluster.DBClusterMembers?.find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === id);
  return {
    id,
    class: one.DBInstanceClass ?? '',
    status: one.DBInstanceStatus ?? '',
    writer: member?.IsClusterWriter ?? false,
    public: one.PubliclyAccessible ?? false,
    zone: one.AvailabilityZone ?? '',
    address: one.Endpoint?.Address ?? '',
    awaitsRestart: member?.DBClusterParameterGroupStatus === 'pending-reboot',
  };
}
