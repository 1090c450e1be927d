import { ecsClusters } from '../find/ecs-clusters.ts';
import { workbookStack } from '../find/stack.ts';
import { taskDefinition } from '../find/task-definitions.ts';
import type { World } from '../world.ts';
import { type Left, left } from './left.ts';
import { tasks } from './tasks.ts';
import { ownership } from './whose.ts';

/** ECS services, clusters, and the active revisions of task definitions, a family at a time. */
export async function leftContainers(world: World): Promise<Left[]> {
  const [{ services, families }, clusters, tell, stack] = await Promise.all([
    tasks(world),
    ecsClusters(world),
    ownership(world),
    workbookStack(world),
  ]);
  const running = await Promise.all(
    services.map(async ({ service, whose }) => {
      const { cluster, desired, running: now, taskDefinition: revision, status } = service.properties;
      const size = whose === 'others' ? null : (await taskDefinition(world, revision)).properties;
      const properties = {
        DesiredCount: Math.max(desired, now),
        Cpu: size?.cpu ?? 256,
        Memory: size?.memoryMiB ?? 512,
      };
      return left(
        service,
        whose,
        'ECS サービス',
        [`aws ecs delete-service --cluster ${cluster} --service ${service.id} --force`],
        { costing: [{ type: service.type, properties }], going: status === 'DRAINING' },
      );
    }),
  );
  const definitions = families.map(({ family, revisions, whose }) => {
    // A stack takes the revisions that it registered along; those of a deployment from GitHub stay.
    const byStack = revisions.every((arn) => stack.origin(arn) === 'cdk');
    return left(
      {
        type: 'AWS::ECS::TaskDefinition',
        id: family,
        arn: null,
        name: family,
        parent: null,
        relations: { revision: revisions },
        origin: byStack ? 'cdk' : 'console',
        properties: {},
      },
      whose,
      'タスク定義',
      revisions.map((arn) => `aws ecs deregister-task-definition --task-definition ${arn.split('/').at(-1)}`),
    );
  });
  return [
    ...running,
    ...clusters.map((one) => {
      const users = services.flatMap(({ service, whose }) => (service.parent === one.id ? [whose] : []));
      return left(one, tell({ origin: one.origin, names: [one.id], users }), 'ECS クラスター', [
        `aws ecs delete-cluster --cluster ${one.id}`,
      ]);
    }),
    ...definitions,
  ];
}
