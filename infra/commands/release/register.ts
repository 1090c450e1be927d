import type { ECS, RegisterTaskDefinitionRequest, TaskDefinition } from '@aws-sdk/client-ecs';
import { CommandError } from '../command.ts';

/** Where a release goes. */
export interface Place {
  cluster: string;
  service: string;
}

/**
 * Registers the revision that the service runs now once more, with another image in one container.
 *
 * @param image as `registry/repository@sha256:…`
 * @returns ARN of the new revision; of the one that runs, where it has this image already
 * @throws CommandError where there is no such service or container
 */
export async function register(
  ecs: ECS,
  { cluster, service }: Place,
  { container, image }: { container: string; image: string },
): Promise<string> {
  const { services: [found] = [] } = await ecs.describeServices({ cluster, services: [service] });
  if (!found?.taskDefinition || found.status !== 'ACTIVE') {
    throw new CommandError(
      `クラスター ${cluster} に、サービス ${service} が見つかりません。ECS_CLUSTER と ECS_SERVICE の値を確かめてください。`,
    );
  }
  const { taskDefinition: running = {} } = await ecs.describeTaskDefinition({ taskDefinition: found.taskDefinition });
  const containers = running.containerDefinitions ?? [];
  const one = containers.find(({ name }) => name === container);
  if (!one) {
    const names = containers.map(({ name }) => name).join('、');
    throw new CommandError(
      `タスク定義 ${running.family}:${running.revision} に ${container} というコンテナはありません（あるのは ${names}）。CONTAINER_NAME の値を確かめてください。`,
    );
  }
  if (one.image === image) return found.taskDefinition;
  const { taskDefinition: made } = await ecs.registerTaskDefinition({
    ...registrable(running),
    containerDefinitions: containers.map((each) => (each === one ? { ...each, image } : each)),
  });
  return made?.taskDefinitionArn ?? '';
}

/** What of a description can be registered again; the rest is AWS's own. */
function registrable({
  taskDefinitionArn: _arn,
  revision: _revision,
  status: _status,
  requiresAttributes: _attributes,
  compatibilities: _compatibilities,
  registeredAt: _at,
  registeredBy: _by,
  deregisteredAt: _gone,
  ...rest
}: TaskDefinition): RegisterTaskDefinitionRequest {
  return { ...rest, family: rest.family, containerDefinitions: rest.containerDefinitions };
}
