import { RDS } from '@aws-sdk/client-rds';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { type Context, defineResourceType } from '../resource-type.ts';

/** What the attachment adds to the secret's JSON, and takes away again. */
type Connection = Record<string, string | number>;

async function connectionOf(cluster: string, context: Context): Promise<Connection> {
  const { DBClusters: [found] = [] } = await context.client(RDS).describeDBClusters({ DBClusterIdentifier: cluster });
  return {
    engine: 'postgres',
    host: found?.Endpoint ?? '',
    port: found?.Port ?? 5432,
    ...(found?.DatabaseName && { dbname: found.DatabaseName }),
    dbClusterIdentifier: cluster,
  };
}

async function change(
  SecretId: string,
  context: Context,
  make: (value: Record<string, unknown>) => Record<string, unknown>,
): Promise<void> {
  const secrets = context.client(SecretsManager);
  const { SecretString = '{}' } = await secrets.getSecretValue({ SecretId });
  const value = make(JSON.parse(SecretString) as Record<string, unknown>);
  await secrets.putSecretValue({ SecretId, SecretString: JSON.stringify(value) });
}

export default defineResourceType({
  type: 'AWS::SecretsManager::SecretTargetAttachment',
  properties: z.strictObject({
    SecretId: z.string(),
    TargetId: z.string(),
    TargetType: z.literal('AWS::RDS::DBCluster'),
  }),
  replacedBy: ['SecretId', 'TargetId', 'TargetType'],
  updates: {},
  create: async ({ SecretId, TargetId }, context) => {
    const connection = await connectionOf(TargetId, context);
    await change(SecretId, context, (value) => ({ ...value, ...connection }));
    return { id: SecretId, attributes: { Id: SecretId } };
  },
  remove: async (_, { SecretId }, context) => {
    const added = new Set(['engine', 'host', 'port', 'dbname', 'dbClusterIdentifier']);
    await change(SecretId, context, (value) =>
      Object.fromEntries(Object.entries(value).filter(([key]) => !added.has(key))),
    );
  },
});
