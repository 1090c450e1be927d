import type { GetScheduleOutput } from '@aws-sdk/client-scheduler';
import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { database } from './database-clusters.ts';
import { mainService, services } from './services.ts';
import { type Stack, workbookStack } from './stack.ts';

/** One of EventBridge Scheduler's schedules that puts a part of the environment to rest, or wakes it. */
export interface PauseSchedule {
  does: 'rest' | 'wake';
  /** The number of tasks, the bounds of auto scaling, or the database. */
  part: 'tasks' | 'scaling' | 'database';
  enabled: boolean;
  /** As it is written, e.g. `cron(0 18 ? * * *)`. */
  expression: string;
  /** E.g. `Asia/Tokyo`; `UTC` where none was chosen. */
  timeZone: string;
  /** Whether the database is named by the parameter that Scheduler knows, `DbClusterIdentifier`. */
  wellNamed: boolean;
}

/** The schedules that act on the environment's service or database, by what they would call. */
export async function pauseSchedules(world: World): Promise<Resource<PauseSchedule>[]> {
  const { scheduler } = world.aws;
  const [{ Schedules = [] }, all, cluster, stack] = await Promise.all([
    scheduler.listSchedules({}),
    services(world),
    database(world),
    workbookStack(world),
  ]);
  const service = mainService(all);
  const mine = { service: service?.id, ecsCluster: service?.properties.cluster, database: cluster?.id };
  const found = await Promise.all(
    Schedules.filter(({ Target }) => /:aws-sdk:(ecs|rds|applicationautoscaling):/.test(Target?.Arn ?? '')).map(
      ({ GroupName, Name }) => scheduler.getSchedule({ GroupName, Name }),
    ),
  );
  return found.flatMap((one) => {
    const action = actionOf(one, mine);
    return action === null ? [] : [resource(one, action, stack)];
  });
}

export interface Schedule {
  group: string;
  /** ARN of what it calls. */
  target: string;
}

/** Every EventBridge Scheduler schedule of the region, whatever it acts on. Its id is its name. */
export async function allSchedules(world: World): Promise<Resource<Schedule>[]> {
  const [{ Schedules = [] }, stack] = await Promise.all([world.aws.scheduler.listSchedules({}), workbookStack(world)]);
  return Schedules.map(({ Name: id = '', Arn, GroupName = 'default', Target }) => ({
    type: 'AWS::Scheduler::Schedule',
    id,
    arn: Arn ?? null,
    name: id,
    parent: GroupName,
    relations: {},
    origin: stack.origin(id, `${GroupName}|${id}`),
    properties: { group: GroupName, target: Target?.Arn ?? '' },
  }));
}

interface Mine {
  service: string | undefined;
  ecsCluster: string | undefined;
  database: string | undefined;
}

type Action = Pick<PauseSchedule, 'does' | 'part' | 'wellNamed'>;

/** What a schedule does to the environment; null for one that acts on something else. */
function actionOf({ Target }: GetScheduleOutput, { service, ecsCluster, database: databaseId }: Mine): Action | null {
  const [, call = ''] = /:aws-sdk:(\w+:\w+)$/.exec(Target?.Arn ?? '') ?? [];
  const input = inputOf(Target?.Input);
  const named = (name: string) => {
    const value = input[name];
    return typeof value === 'string' ? value.split('/').at(-1) : '';
  };
  if (
    call === 'ecs:updateService' &&
    service !== undefined &&
    named('Service') === service &&
    named('Cluster') === ecsCluster
  ) {
    return { does: input.DesiredCount === 0 ? 'rest' : 'wake', part: 'tasks', wellNamed: true };
  }
  if (
    call === 'applicationautoscaling:registerScalableTarget' &&
    input.ResourceId === `service/${ecsCluster}/${service}`
  ) {
    return { does: input.MinCapacity === 0 ? 'rest' : 'wake', part: 'scaling', wellNamed: true };
  }
  if (/^rds:(start|stop)DBCluster$/.test(call) && databaseId !== undefined) {
    const written = input.DbClusterIdentifier ?? input.DBClusterIdentifier;
    if (String(written).split(':').at(-1) !== databaseId) return null;
    const wellNamed = input.DbClusterIdentifier !== undefined;
    return { does: call === 'rds:stopDBCluster' ? 'rest' : 'wake', part: 'database', wellNamed };
  }
  return null;
}

function inputOf(text: string | undefined): Record<string, unknown> {
  try {
    const input: unknown = JSON.parse(text ?? '{}');
    return typeof input === 'object' && input !== null ? { ...input } : {};
  } catch {
    return {};
  }
}

function resource(one: GetScheduleOutput, action: Action, stack: Stack): Resource<PauseSchedule> {
  const id = one.Name ?? '';
  return {
    type: 'AWS::Scheduler::Schedule',
    id,
    arn: one.Arn ?? null,
    name: id,
    parent: one.GroupName ?? null,
    relations: { role: [one.Target?.RoleArn ?? ''] },
    origin: stack.origin(id),
    properties: {
      ...action,
      enabled: one.State !== 'DISABLED',
      expression: one.ScheduleExpression ?? '',
      timeZone: one.ScheduleExpressionTimezone ?? 'UTC',
    },
  };
}
