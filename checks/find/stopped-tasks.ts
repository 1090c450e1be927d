import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import type { Service } from './services.ts';

/** A task that ended, with what ECS says of it. ECS keeps them for about an hour. */
export interface StoppedTask {
  /** The last part of its ARN. */
  id: string;
  /** Family and revision, e.g. `blog-aws-practice-task:3`. */
  taskDefinition: string;
  stoppedAt: Date | null;
  /** e.g. `ResourceInitializationError: unable to pull secrets …`; empty where ECS says nothing. */
  reason: string;
  containers: { name: string; exitCode: number | null; reason: string }[];
}

/** The tasks of a service that have stopped of late, the newest first. */
export async function stoppedTasks({ aws }: World, { properties, id }: Resource<Service>): Promise<StoppedTask[]> {
  const { cluster } = properties;
  const { taskArns = [] } = await aws.ecs.listTasks({ cluster, serviceName: id, desiredStatus: 'STOPPED' });
  // DescribeTasks takes a hundred: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html
  const newest = taskArns.slice(0, 100);
  if (newest.length === 0) return [];
  const { tasks = [] } = await aws.ecs.describeTasks({ cluster, tasks: newest });
  return tasks
    .map(
      (one): StoppedTask => ({
        id: one.taskArn?.split('/').at(-1) ?? '',
        taskDefinition: one.taskDefinitionArn?.split('/').at(-1) ?? '',
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
