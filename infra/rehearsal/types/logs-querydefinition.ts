import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import { type Context, defineResourceType, given, type Made } from '../resource-type.ts';

const properties = z.strictObject({
  Name: z.string(),
  QueryString: z.string(),
  LogGroupNames: z.array(z.string()).optional(),
});
type Properties = z.infer<typeof properties>;

const definition = ({ Name, QueryString, LogGroupNames }: Properties) => ({
  name: Name,
  queryString: QueryString,
  ...(LogGroupNames && { logGroupNames: LogGroupNames }),
});

async function change({ id }: Made, p: Properties, context: Context): Promise<void> {
  await context.client(CloudWatchLogs).putQueryDefinition({ ...definition(p), queryDefinitionId: id });
}

export default defineResourceType<Properties>({
  type: 'AWS::Logs::QueryDefinition',
  properties,
  replacedBy: [],
  updates: { Name: change, QueryString: change, LogGroupNames: change },
  create: async (p, context) => {
    const { queryDefinitionId } = await context.client(CloudWatchLogs).putQueryDefinition(definition(p));
    const id = given(queryDefinitionId);
    return { id, attributes: { QueryDefinitionId: id } };
  },
  remove: async ({ id }, _, context) => {
    await context.client(CloudWatchLogs).deleteQueryDefinition({ queryDefinitionId: id });
  },
});
