import { type FlexibleTimeWindow, Scheduler, type ScheduleState, type Target } from '@aws-sdk/client-scheduler';
import { z } from 'zod';
import { type Context, defineResourceType, given, type Made, passedOn } from '../resource-type.ts';

/** What makes up a schedule; UpdateSchedule sets all of it. */
const parts = {
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().optional(),
  FlexibleTimeWindow: passedOn<FlexibleTimeWindow>(),
  State: passedOn<ScheduleState>().optional(),
  Target: passedOn<Target>(),
  Description: z.string().optional(),
};

const properties = z.strictObject({ Name: z.string().optional(), GroupName: z.string().optional(), ...parts });
type Properties = z.infer<typeof properties>;

const update = async ({ id }: Made, p: Properties, context: Context): Promise<void> => {
  await context.client(Scheduler).updateSchedule({ ...p, Name: id });
};

export default defineResourceType<Properties>({
  type: 'AWS::Scheduler::Schedule',
  properties,
  replacedBy: ['Name', 'GroupName'],
  updates: Object.fromEntries(Object.keys(parts).map((name) => [name, update])),
  create: async (p, context) => {
    const id = p.Name ?? context.generatedName(64);
    const { ScheduleArn } = await context.client(Scheduler).createSchedule({ ...p, Name: id });
    return { id, attributes: { Arn: given(ScheduleArn) } };
  },
  remove: async ({ id }, { GroupName }, context) => {
    await context.client(Scheduler).deleteSchedule({ Name: id, GroupName });
  },
});
