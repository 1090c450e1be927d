import type { Resource } from '../check.ts';
import { allServices } from '../find/services.ts';
import { allSubnets } from '../find/subnets.ts';
import { activeRevisions, type TaskDefinition, taskDefinition } from '../find/task-definitions.ts';
import type { World } from '../world.ts';
import { ownership, type Whose } from './whose.ts';

/** What runs, or ran, the environment's tasks. */
export interface Tasks {
  services: { service: Awaited<ReturnType<typeof allServices>>[number]; whose: Whose }[];
  /** Families of task definitions with the ARNs of their active revisions. */
  families: { family: string; revisions: string[]; whose: Whose }[];
  /** The newest revision of each family that may be ours. */
  definitions: { definition: Resource<TaskDefinition>; whose: Whose }[];
}

/** Services by where their tasks live, and task definitions by their name or by a service that runs them. */
export async function tasks(world: World): Promise<Tasks> {
  const [all, arns, subnets, tell] = await Promise.all([
    allServices(world),
    activeRevisions(world),
    allSubnets(world),
    ownership(world),
  ]);
  const services = all.map((service) => {
    const homes = service.properties.subnets.map((id) => subnets.find((one) => one.id === id)?.parent ?? null);
    return { service, whose: tell({ origin: service.origin, names: [service.id, service.parent], vpcs: homes }) };
  });
  const families = [...Map.groupBy(arns, familyOf)].map(([family, revisions]) => {
    const runs = services.filter(({ service }) => familyOf(service.properties.taskDefinition) === family);
    return { family, revisions, whose: tell({ names: [family], users: runs.map(({ whose }) => whose) }) };
  });
  const definitions = await Promise.all(
    families
      .filter(({ whose }) => whose !== 'others')
      .map(async ({ family, whose }) => ({ definition: await taskDefinition(world, family), whose })),
  );
  return { services, families, definitions };
}

/** Whose those task definitions are that use something, e.g. a secret. */
export function usersOf({ definitions }: Tasks, uses: (definition: TaskDefinition) => boolean): Whose[] {
  return definitions.flatMap(({ definition, whose }) => (uses(definition.properties) ? [whose] : []));
}

/** `arn:…:task-definition/blog:3` → `blog` */
function familyOf(revision: string): string {
  return (revision.split('/').at(-1) ?? '').replace(/:\d+$/, '');
}
