import { type DBCluster, RDS, type ServerlessV2ScalingConfiguration } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { retagRds } from '../rds-tags.ts';
import { type Context, defineResourceType, given, type Made, passedOn } from '../resource-type.ts';
import { tags, withSystemTags } from '../tags.ts';

const properties = z.strictObject({
  DBClusterIdentifier: z.string().optional(),
  Engine: z.string(),
  EngineVersion: z.string().optional(),
  DatabaseName: z.string().optional(),
  MasterUsername: z.string().optional(),
  MasterUserPassword: z.string().optional(),
  DBSubnetGroupName: z.string().optional(),
  DBClusterParameterGroupName: z.string().optional(),
  VpcSecurityGroupIds: z.array(z.string()).optional(),
  Port: z.number().optional(),
  BackupRetentionPeriod: z.number().optional(),
  CopyTagsToSnapshot: z.boolean().optional(),
  DeletionProtection: z.boolean().optional(),
  StorageEncrypted: z.boolean().optional(),
  KmsKeyId: z.string().optional(),
  EnableIAMDatabaseAuthentication: z.boolean().optional(),
  EnableCloudwatchLogsExports: z.array(z.string()).optional(),
  PreferredMaintenanceWindow: z.string().optional(),
  PreferredBackupWindow: z.string().optional(),
  ServerlessV2ScalingConfiguration: passedOn<ServerlessV2ScalingConfiguration>().optional(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

function made(cluster: DBCluster | undefined): Made {
  return {
    id: given(cluster?.DBClusterIdentifier),
    attributes: {
      DBClusterArn: given(cluster?.DBClusterArn),
      DBClusterResourceId: cluster?.DbClusterResourceId ?? '',
      'Endpoint.Address': given(cluster?.Endpoint),
      'Endpoint.Port': String(cluster?.Port ?? 5432),
      'ReadEndpoint.Address': cluster?.ReaderEndpoint ?? '',
    },
  };
}

/** All that ModifyDBCluster can change, at once. */
async function modify({ id }: Made, p: Properties, context: Context): Promise<void> {
  await context.client(RDS).modifyDBCluster({
    DBClusterIdentifier: id,
    ApplyImmediately: true,
    AllowMajorVersionUpgrade: true,
    EngineVersion: p.EngineVersion,
    MasterUserPassword: p.MasterUserPassword,
    DBClusterParameterGroupName: p.DBClusterParameterGroupName,
    VpcSecurityGroupIds: p.VpcSecurityGroupIds,
    Port: p.Port,
    BackupRetentionPeriod: p.BackupRetentionPeriod ?? 1,
    CopyTagsToSnapshot: p.CopyTagsToSnapshot ?? false,
    DeletionProtection: p.DeletionProtection ?? false,
    EnableIAMDatabaseAuthentication: p.EnableIAMDatabaseAuthentication ?? false,
    PreferredMaintenanceWindow: p.PreferredMaintenanceWindow,
    PreferredBackupWindow: p.PreferredBackupWindow,
    ServerlessV2ScalingConfiguration: p.ServerlessV2ScalingConfiguration,
  });
}

export default defineResourceType<Properties>({
  type: 'AWS::RDS::DBCluster',
  properties,
  replacedBy: [
    'DBClusterIdentifier',
    'Engine',
    'DatabaseName',
    'MasterUsername',
    'DBSubnetGroupName',
    'StorageEncrypted',
    'KmsKeyId',
  ],
  updates: {
    EngineVersion: modify,
    MasterUserPassword: modify,
    DBClusterParameterGroupName: modify,
    VpcSecurityGroupIds: modify,
    Port: modify,
    BackupRetentionPeriod: modify,
    CopyTagsToSnapshot: modify,
    DeletionProtection: modify,
    EnableIAMDatabaseAuthentication: modify,
    PreferredMaintenanceWindow: modify,
    PreferredBackupWindow: modify,
    ServerlessV2ScalingConfiguration: modify,
    Tags: retagRds,
  },
  create: async ({ DBClusterIdentifier, Tags, ...p }, context) => {
    const { DBCluster } = await context.client(RDS).createDBCluster({
      ...p,
      DBClusterIdentifier: (DBClusterIdentifier ?? context.generatedName(63)).toLowerCase(),
      Tags: withSystemTags(Tags, context),
    });
    return made(DBCluster);
  },
  remove: async ({ id }, _, context) => {
    const rds = context.client(RDS);
    const snapshot = context.deletionPolicy === 'Snapshot';
    await rds.deleteDBCluster({
      DBClusterIdentifier: id,
      ...(snapshot
        ? { FinalDBSnapshotIdentifier: context.generatedName(63).toLowerCase() }
        : { SkipFinalSnapshot: true }),
    });
    // AWS takes the automated backups along; moto leaves them, and stumbles over them when the name is used again.
    const { DBClusterSnapshots = [] } = await rds.describeDBClusterSnapshots({ DBClusterIdentifier: id });
    for (const { DBClusterSnapshotIdentifier: automated } of DBClusterSnapshots) {
      if (automated?.startsWith('rds:')) await rds.deleteDBClusterSnapshot({ DBClusterSnapshotIdentifier: automated });
    }
  },
});
