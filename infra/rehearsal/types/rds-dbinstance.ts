import { RDS } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { retagRds } from '../rds-tags.ts';
import { type Context, defineResourceType, given, type Made } from '../resource-type.ts';
import { tags, withSystemTags } from '../tags.ts';

const properties = z.strictObject({
  DBInstanceIdentifier: z.string().optional(),
  DBClusterIdentifier: z.string(),
  DBInstanceClass: z.string(),
  Engine: z.string(),
  PromotionTier: z.number().optional(),
  PubliclyAccessible: z.boolean().optional(),
  AvailabilityZone: z.string().optional(),
  AutoMinorVersionUpgrade: z.boolean().optional(),
  EnablePerformanceInsights: z.boolean().optional(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

async function modify({ id }: Made, p: Properties, context: Context): Promise<void> {
  await context.client(RDS).modifyDBInstance({
    DBInstanceIdentifier: id,
    ApplyImmediately: true,
    DBInstanceClass: p.DBInstanceClass,
    PromotionTier: p.PromotionTier,
    PubliclyAccessible: p.PubliclyAccessible,
    AutoMinorVersionUpgrade: p.AutoMinorVersionUpgrade,
    EnablePerformanceInsights: p.EnablePerformanceInsights,
  });
}

export default defineResourceType<Properties>({
  type: 'AWS::RDS::DBInstance',
  properties,
  replacedBy: ['DBInstanceIdentifier', 'DBClusterIdentifier', 'Engine', 'AvailabilityZone'],
  updates: {
    DBInstanceClass: modify,
    PromotionTier: modify,
    PubliclyAccessible: modify,
    AutoMinorVersionUpgrade: modify,
    EnablePerformanceInsights: modify,
    Tags: retagRds,
  },
  create: async ({ DBInstanceIdentifier, Tags, ...p }, context) => {
    const { DBInstance } = await context.client(RDS).createDBInstance({
      ...p,
      DBInstanceIdentifier: (DBInstanceIdentifier ?? context.generatedName(63)).toLowerCase(),
      Tags: withSystemTags(Tags, context),
    });
    return {
      id: given(DBInstance?.DBInstanceIdentifier),
      attributes: {
        DBInstanceArn: given(DBInstance?.DBInstanceArn),
        'Endpoint.Address': DBInstance?.Endpoint?.Address ?? '',
        'Endpoint.Port': String(DBInstance?.Endpoint?.Port ?? 5432),
      },
    };
  },
  remove: async ({ id }, _, context) => {
    await context.client(RDS).deleteDBInstance({ DBInstanceIdentifier: id, SkipFinalSnapshot: true });
  },
});
