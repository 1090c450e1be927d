import { CloudWatch, type PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import { accountId, type Context, defineResourceType, type Made, passedOn, region } from '../resource-type.ts';
import { tags, withSystemTags } from '../tags.ts';

/** What makes up an alarm; each goes to PutMetricAlarm as it is, which sets all of it. */
const parts = {
  AlarmDescription: z.string().optional(),
  ActionsEnabled: z.boolean().optional(),
  OKActions: z.array(z.string()).optional(),
  AlarmActions: z.array(z.string()).optional(),
  InsufficientDataActions: z.array(z.string()).optional(),
  MetricName: z.string().optional(),
  Namespace: z.string().optional(),
  Statistic: passedOn<PutMetricAlarmInput['Statistic']>().optional(),
  ExtendedStatistic: z.string().optional(),
  Dimensions: passedOn<PutMetricAlarmInput['Dimensions']>().optional(),
  Period: z.number().optional(),
  Unit: passedOn<PutMetricAlarmInput['Unit']>().optional(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.number().optional(),
  Threshold: z.number().optional(),
  ComparisonOperator: passedOn<NonNullable<PutMetricAlarmInput['ComparisonOperator']>>(),
  TreatMissingData: z.string().optional(),
  Metrics: passedOn<PutMetricAlarmInput['Metrics']>().optional(),
};

const properties = z.strictObject({ AlarmName: z.string().optional(), ...parts, Tags: tags });
type Properties = z.infer<typeof properties>;

async function put(AlarmName: string, { Tags, ...p }: Properties, context: Context): Promise<void> {
  await context.client(CloudWatch).putMetricAlarm({ ...p, AlarmName, Tags: withSystemTags(Tags, context) });
}

const update = async ({ id }: Made, p: Properties, context: Context) => put(id, p, context);

export default defineResourceType<Properties>({
  type: 'AWS::CloudWatch::Alarm',
  properties,
  replacedBy: ['AlarmName'],
  updates: { ...Object.fromEntries(Object.keys(parts).map((name) => [name, update])), Tags: update },
  create: async (p, context) => {
    const id = p.AlarmName ?? context.generatedName(255);
    await put(id, p, context);
    return { id, attributes: { Arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${id}` } };
  },
  remove: async ({ id }, _, context) => {
    await context.client(CloudWatch).deleteAlarms({ AlarmNames: [id] });
  },
});
