import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { Task } from '@aws-sdk/client-ecs';
import type { Resource } from '../check.ts';
import { isNotThere } from '../ports/look-error.ts';
import type { World } from '../world.ts';
import type { Service } from './services.ts';
import { servingContainer, type TaskDefinition } from './task-definitions.ts';

/** One run of the migrations, or what is left of it: the stopped task (for about an hour), or its lines in the log. */
export interface MigrationRun {
  /** Id of the task, or name of the log stream. */
  id: string;
  /** Null where AWS doesn't tell. */
  at: Date | null;
  outcome: 'done' | 'failed';
  /** What it, or ECS, said last. */
  said: string;
}

/** The runs of the migrations that can still be seen, the newest first. */
export async function migrationRuns(
  world: World,
  { service, task }: { service: Resource<Service>; task: Resource<TaskDefinition> },
): Promise<MigrationRun[]> {
  const group = servingContainer(task)?.logs?.group;
  const [stopped, logged] = await Promise.all([
    stoppedTasks(world, service.properties.cluster, task.properties.family),
    group ? loggedLines(world, group) : [],
  ]);
  return [...stopped.flatMap(ofTask), ...logged.flatMap(ofLine)].toSorted((a, b) => Number(b.at) - Number(a.at));
}

async function stoppedTasks({ aws }: World, cluster: string, family: string): Promise<Task[]> {
  const { taskArns = [] } = await aws.ecs.listTasks({ cluster, family, desiredStatus: 'STOPPED' });
  if (taskArns.length === 0) return [];
  // DescribeTasks takes a hundred at a time; of more, the others' lines are still in the log.
  return (await aws.ecs.describeTasks({ cluster, tasks: taskArns.slice(0, 100) })).tasks ?? [];
}

async function loggedLines({ aws }: World, logGroupName: string): Promise<FilteredLogEvent[]> {
  return aws.logs.filterLogEvents({ logGroupName, filterPattern: '"マイグレーション"' }).then(
    ({ events = [] }) => events,
    (error: unknown) => {
      // Whether it exists is a check of its own.
      if (isNotThere(error)) return [];
      throw error;
    },
  );
}

function ofTask({ taskArn = '', overrides, containers = [], stoppedAt, stoppedReason }: Task): MigrationRun[] {
  const ran = overrides?.containerOverrides?.find(({ command }) => command?.some((word) => /migrat/i.test(word)));
  if (!ran) return [];
  const container = containers.find(({ name }) => name === ran.name);
  const exit = container?.exitCode;
  return [
    {
      id: taskArn.split('/').at(-1) ?? taskArn,
      at: stoppedAt ?? null,
      outcome: exit === 0 ? 'done' : 'failed',
      said: exit === undefined ? (container?.reason ?? stoppedReason ?? '') : `終了コード ${exit}`,
    },
  ];
}

/** By the words of the server's own `prisma/migrate.ts`. */
function ofLine({ message = '', logStreamName = '', timestamp }: FilteredLogEvent): MigrationRun[] {
  const outcome = /適用しました。|適用するマイグレーションはありません/.test(message)
    ? 'done'
    : /適用できませんでした|途中で失敗しています/.test(message)
      ? 'failed'
      : null;
  if (outcome === null) return [];
  const at = timestamp === undefined ? null : new Date(timestamp);
  return [{ id: logStreamName, at, outcome, said: message.trim() }];
}
