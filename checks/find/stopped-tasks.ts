import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import type { Service } from './services.ts';

/** A task that ended, with what ECS says of it. ECS keeps them for about an hour. */
export interface StoppedTask {
  /** The last part of its ARN. */
  id: string;
  /** Family and revision, e.g. `blog-aws-practice-task:3`. */
  taskDefinition: string;
  /** `service:name`, or `family:name` of one that ran on its own. */
  group: string;
  /** The command that it was run with, where it has its own. */
  command: string[];
  stoppedAt: Date | null;
  /** e.g. `ResourceInitializationError: unable to pull secrets …`; empty where ECS says nothing. */
  reason: string;
  containers: { name: string; exitCode: number | null; reason: string }[];
}

/** The tasks of a service that have stopped of late, the newest first. */
export function stoppedTasks(world: World, { properties, id }: Resource<Service>): Promise<StoppedTask[]> {
  return stopped(world, properties.cluster, { serviceName: id });
}

/** The same of every task of a family: the service's, and those that ran on their own. */
export function stoppedTasksOfFamily(world: World, cluster: string, family: string): Promise<StoppedTask[]> {
  return stopped(world, cluster, { family });
}

/** Whether it ended by itself or for a fault; what a deployment or a scale-in stops tells nothing. */
export function endedBadly({ reason }: StoppedTask): boolean {
  return !/^Scaling activity|^Service scheduler|deployment ecs-svc|^Task stopped by/i.test(reason);
}

/** Whether its own program ended, rather than ECS stopping it. */
export function endedItself({ reason }: StoppedTask): boolean {
  return /^Essential container in task exited/i.test(reason);
}

async function stopped(
  { aws }: World,
  cluster: string,
  which: { serviceName: string } | { family: string },
): Promise<StoppedTask[]> {
  const { taskArns = [] } = await aws.ecs.listTasks({ cluster, ...which, desiredStatus: 'STOPPED' });
  // DescribeTasks takes a hundred: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html
  const newest = taskArns.slice(0, 100);
  if (newest.length === 0) return [];
  const { tasks = [] } = await aws.ecs.describeTasks({ cluster, tasks: newest });
  return tasks
    .map(
      (one): StoppedTask => ({
        id: one.taskArn?.split('/').at(-1) ?? '',
        taskDefinition: one.taskDefinitionArn?.split('/').at(-1) ?? '',
        group: one.group ?? '',
        command: one.overrides?.containerOverrides?.flatMap(({ command = [] }) => command) ?? [],
        stoppedAt: one.stoppedAt ?? null,
        reason: one.stoppedReason ?? '',
        containers: (one.containers ?? []).map(({ name = '', exitCode = null, reason = '' }) => ({
          name,
          exitCode,
          reason,
        })),
      }),
    )
    .toSorted((a, b) => (b.stoppedAt?.getTime() ?? 0) - (a.stoppedAt?.getTime() ?? 0));
}
