import { RDS } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { retagRds } from '../rds-tags.ts';
import { type Context, defineResourceType, given, type Made } from '../resource-type.ts';
import { tags, withSystemTags } from '../tags.ts';

const properties = z.strictObject({
  DBClusterParameterGroupName: z.string().optional(),
  Description: z.string(),
  Family: z.string(),
  Parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

async function setParameters({ id }: Made, { Parameters }: Properties, context: Context): Promise<void> {
  await context.client(RDS).modifyDBClusterParameterGroup({
    DBClusterParameterGroupName: id,
    Parameters: Object.entries(Parameters).map(([ParameterName, value]) => ({
      ParameterName,
      ParameterValue: String(value),
      ApplyMethod: 'immediate',
    })),
  });
}

export default defineResourceType<Properties>({
  type: 'AWS::RDS::DBClusterParameterGroup',
  properties,
  replacedBy: ['DBClusterParameterGroupName', 'Description', 'Family'],
  updates: { Parameters: setParameters, Tags: retagRds },
  create: async (p, context) => {
    const { DBClusterParameterGroup: made } = await context.client(RDS).createDBClusterParameterGroup({
      DBClusterParameterGroupName: (p.DBClusterParameterGroupName ?? context.generatedName(255)).toLowerCase(),
      Description: p.Description,
      DBParameterGroupFamily: p.Family,
      Tags: withSystemTags(p.Tags, context),
    });
    return {
      id: given(made?.DBClusterParameterGroupName),
      attributes: { DBClusterParameterGroupArn: given(made?.DBClusterParameterGroupArn) },
    };
  },
  configure: setParameters,
  remove: async ({ id }, _, context) => {
    await context.client(RDS).deleteDBClusterParameterGroup({ DBClusterParameterGroupName: id });
  },
});
