import {
  type ContainerDefinition,
  ECS,
  type RegisterTaskDefinitionCommandInput,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import { mainService, services } from '@blog-aws-practice/checks/find/services.ts';
import type { Scene } from './drill.ts';
import { found } from './found.ts';

/** The service and the revision that it runs before a drill. */
export interface RevisionUndo {
  cluster: string;
  service: string;
  taskDefinition: string;
}

/** Marks the revisions that a drill made, so that taking it back removes those and no other. */
const TAG = { key: 'Drill', value: 'blog-aws-practice' };

/** Notes which revision the service runs. */
export async function revisionBefore({ world }: Scene): Promise<RevisionUndo> {
  const service = found(mainService(await services(world)), 'ECS サービス');
  const { cluster, taskDefinition } = service.properties;
  return { cluster, service: service.id, taskDefinition };
}

/** Registers a revision that differs from the one before as `change` says, and lets the service go to it. */
export async function releaseChanged(
  { client }: Scene,
  { cluster, service, taskDefinition }: RevisionUndo,
  change: (task: TaskDefinition, serving: ContainerDefinition) => Partial<RegisterTaskDefinitionCommandInput>,
): Promise<void> {
  const ecs = client(ECS);
  const { taskDefinition: task = {} } = await ecs.describeTaskDefinition({ taskDefinition });
  const containers = task.containerDefinitions ?? [];
  const serving = found(
    containers.find(({ portMappings = [] }) => portMappings.length > 0) ?? containers[0],
    'コンテナの定義',
  );
  const registered = await ecs.registerTaskDefinition({
    family: task.family,
    cpu: task.cpu,
    memory: task.memory,
    networkMode: task.networkMode,
    requiresCompatibilities: task.requiresCompatibilities,
    executionRoleArn: task.executionRoleArn,
    taskRoleArn: task.taskRoleArn,
    runtimePlatform: task.runtimePlatform,
    volumes: task.volumes,
    containerDefinitions: containers,
    ...change(task, serving),
    tags: [TAG],
  });
  await ecs.updateService({ cluster, service, taskDefinition: registered.taskDefinition?.taskDefinitionArn });
}

/** The containers of a task with the serving one changed. */
export function withServing(
  { containerDefinitions = [] }: TaskDefinition,
  serving: ContainerDefinition,
  change: Partial<ContainerDefinition>,
): ContainerDefinition[] {
  return containerDefinitions.map((one) => (one === serving ? { ...one, ...change } : one));
}

/** Lets the service go back to the revision before, and takes the drill's own revisions out of use. */
export async function revisionRestored({ client }: Scene, undo: RevisionUndo): Promise<void> {
  const ecs = client(ECS);
  const { cluster, service, taskDefinition } = undo;
  await ecs.updateService({ cluster, service, taskDefinition });
  const family = taskDefinition.split('/').at(-1)?.split(':')[0];
  const { taskDefinitionArns = [] } = await ecs.listTaskDefinitions({
    familyPrefix: family,
    status: 'ACTIVE',
    sort: 'DESC',
    maxResults: 20,
  });
  for (const arn of taskDefinitionArns.filter((one) => one !== taskDefinition)) {
    const { tags = [] } = await ecs.describeTaskDefinition({ taskDefinition: arn, include: ['TAGS'] });
    if (tags.some(({ key, value }) => key === TAG.key && value === TAG.value)) {
      await ecs.deregisterTaskDefinition({ taskDefinition: arn });
    }
  }
}
