import { RDS } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { retagRds } from '../rds-tags.ts';
import { type Context, defineResourceType, given, type Made } from '../resource-type.ts';
import { tags, withSystemTags } from '../tags.ts';

const properties = z.strictObject({
  DBSubnetGroupName: z.string().optional(),
  DBSubnetGroupDescription: z.string(),
  SubnetIds: z.array(z.string()),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

async function modify({ id }: Made, p: Properties, context: Context): Promise<void> {
  await context.client(RDS).modifyDBSubnetGroup({
    DBSubnetGroupName: id,
    DBSubnetGroupDescription: p.DBSubnetGroupDescription,
    SubnetIds: p.SubnetIds,
  });
}

export default defineResourceType<Properties>({
  type: 'AWS::RDS::DBSubnetGroup',
  properties,
  replacedBy: ['DBSubnetGroupName'],
  updates: { DBSubnetGroupDescription: modify, SubnetIds: modify, Tags: retagRds },
  create: async (p, context) => {
    const { DBSubnetGroup } = await context.client(RDS).createDBSubnetGroup({
      DBSubnetGroupName: (p.DBSubnetGroupName ?? context.generatedName(255)).toLowerCase(),
      DBSubnetGroupDescription: p.DBSubnetGroupDescription,
      SubnetIds: p.SubnetIds,
      Tags: withSystemTags(p.Tags, context),
    });
    return {
      id: given(DBSubnetGroup?.DBSubnetGroupName),
      attributes: { DBSubnetGroupArn: given(DBSubnetGroup?.DBSubnetGroupArn) },
    };
  },
  remove: async ({ id }, _, context) => {
    await context.client(RDS).deleteDBSubnetGroup({ DBSubnetGroupName: id });
  },
});
