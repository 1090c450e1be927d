import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { workbookStack } from './stack.ts';

/** The cluster parameter groups of the region that somebody made; AWS's own begin with `default.`. Their id is their name. */
export async function parameterGroups(world: World): Promise<Resource<{ family: string }>[]> {
  const [{ DBClusterParameterGroups = [] }, stack] = await Promise.all([
    world.aws.rds.describeDBClusterParameterGroups({}),
    workbookStack(world),
  ]);
  return DBClusterParameterGroups.map((group) => {
    const id = group.DBClusterParameterGroupName ?? '';
    return {
      type: 'AWS::RDS::DBClusterParameterGroup',
      id,
      arn: group.DBClusterParameterGroupArn ?? null,
      name: id,
      parent: null,
      relations: {},
      origin: stack.origin(id),
      properties: { family: group.DBParameterGroupFamily ?? '' },
    };
  }).filter(({ id }) => !id.startsWith('default.'));
}
