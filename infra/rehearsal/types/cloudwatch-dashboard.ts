import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import { type Context, defineResourceType, type Made } from '../resource-type.ts';

const properties = z.strictObject({ DashboardName: z.string().optional(), DashboardBody: z.string() });
type Properties = z.infer<typeof properties>;

async function put({ id }: Made, { DashboardBody }: Properties, context: Context): Promise<void> {
  await context.client(CloudWatch).putDashboard({ DashboardName: id, DashboardBody });
}

export default defineResourceType<Properties>({
  type: 'AWS::CloudWatch::Dashboard',
  properties,
  replacedBy: ['DashboardName'],
  updates: { DashboardBody: put },
  create: async (p, context) => {
    const made = { id: p.DashboardName ?? context.generatedName(255) };
    await put(made, p, context);
    return made;
  },
  remove: async ({ id }, _, context) => {
    await context.client(CloudWatch).deleteDashboards({ DashboardNames: [id] });
  },
});
