import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import { type Context, defineResourceType, type Made } from '../resource-type.ts';
import { tags, withSystemTags } from '../tags.ts';

const properties = z.strictObject({ DashboardName: z.string().optional(), DashboardBody: z.string(), Tags: tags });
type Properties = z.infer<typeof properties>;

/** Tags count for a new dashboard only: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html */
async function put({ id }: Made, { DashboardBody, Tags }: Properties, context: Context): Promise<void> {
  const input = { DashboardName: id, DashboardBody, Tags: withSystemTags(Tags, context) };
  await context.client(CloudWatch).putDashboard(input);
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
