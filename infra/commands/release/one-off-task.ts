import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { ContainerDefinition, ECS, Task } from '@aws-sdk/client-ecs';

/** How a one-off task ended. */
export interface OneOff {
  /** Null where its container never ran. */
  exitCode: number | null;
  /** ECS's own words, e.g. `Essential container in task exited`. */
  reason: string;
  /** What it wrote to its log. */
  lines: string[];
}

/**
 * Runs a command once as a task of a revision, in the network of a service, and waits until it has ended; e.g. the
 * migrations before a release.
 *
 * @throws Error where ECS doesn't start it
 */
export async function runOneOff(
  { ecs, logs }: { ecs: ECS; logs: CloudWatchLogs },
  { cluster, service, taskDefinition, command }: Order,
): Promise<OneOff> {
  const [{ services: [found] = [] }, { taskDefinition: revision }] = await Promise.all([
    ecs.describeServices({ cluster, services: [service] }),
    ecs.describeTaskDefinition({ taskDefinition }),
  ]);
  const [container] = revision?.containerDefinitions ?? [];
  const { tasks: [started] = [], failures: [failure] = [] } = await ecs.runTask({
    cluster,
    taskDefinition,
    launchType: 'FARGATE',
    startedBy: 'release',
    networkConfiguration: found?.networkConfiguration,
    overrides: { containerOverrides: [{ name: container?.name, command: [...command] }] },
  });
  if (!started) throw new Error(`タスクを始められませんでした（${failure?.reason ?? 'ECS が理由を返しません'}）。`);
  const task = await stopped(ecs, cluster, started);
  const [ran] = task.containers ?? [];
  return {
    exitCode: ran?.exitCode ?? null,
    reason: [task.stoppedReason, ran?.reason].filter(Boolean).join(' / '),
    lines: await linesOf(logs, container, task),
  };
}

interface Order {
  cluster: string;
  service: string;
  /** ARN or `family:revision`. */
  taskDefinition: string;
  /** e.g. `['node', 'prisma/migrate.js']` */
  command: readonly string[];
}

async function stopped(ecs: ECS, cluster: string, { taskArn = '' }: Task): Promise<Task> {
  for (;;) {
    const { tasks: [task] = [] } = await ecs.describeTasks({ cluster, tasks: [taskArn] });
    if (task?.lastStatus === 'STOPPED') return task;
    await sleep(1000);
  }
}

async function linesOf(
  logs: CloudWatchLogs,
  container: ContainerDefinition | undefined,
  { taskArn = '' }: Task,
): Promise<string[]> {
  const { 'awslogs-group': logGroupName, 'awslogs-stream-prefix': prefix } = container?.logConfiguration?.options ?? {};
  if (!logGroupName || !prefix) return [];
  const logStreamName = `${prefix}/${container?.name}/${taskArn.split('/').at(-1)}`;
  try {
    const { events = [] } = await logs.getLogEvents({ logGroupName, logStreamName, startFromHead: true });
    return events.map(({ message = '' }) => message);
  } catch (error) {
    // A task that never ran has no stream.
    if ((error as Error).name === 'ResourceNotFoundException') return [];
    throw error;
  }
}
