import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { workbookStack } from './stack.ts';

export interface SubnetGroup {
  vpc: string;
  /** Ids of the subnets in which RDS may put a database. */
  subnets: string[];
}

/** Every DB subnet group of the region. Its id is its name. */
export async function subnetGroups(world: World): Promise<Resource<SubnetGroup>[]> {
  const [{ DBSubnetGroups = [] }, stack] = await Promise.all([
    world.aws.rds.describeDBSubnetGroups({}),
    workbookStack(world),
  ]);
  return DBSubnetGroups.map((group) => {
    const id = group.DBSubnetGroupName ?? '';
    const subnets = (group.Subnets ?? []).flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? []);
    return {
      type: 'AWS::RDS::DBSubnetGroup',
      id,
      arn: group.DBSubnetGroupArn ?? null,
      name: id,
      parent: group.VpcId ?? null,
      relations: { subnet: subnets },
      origin: stack.origin(id),
      properties: { vpc: group.VpcId ?? '', subnets },
    };
  });
}
