import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { workbookStack } from './stack.ts';

export interface LoneInstance {
  engine: string;
  /** e.g. `db.t4g.micro` */
  class: string;
  status: string;
  vpc: string | null;
}

/** Database instances that belong to no cluster: plain RDS. Their id is their identifier. */
export async function databaseInstances(world: World): Promise<Resource<LoneInstance>[]> {
  const [{ DBInstances = [] }, stack] = await Promise.all([
    world.aws.rds.describeDBInstances({}),
    workbookStack(world),
  ]);
  return DBInstances.filter(({ DBClusterIdentifier }) => !DBClusterIdentifier).map((one) => {
    const id = one.DBInstanceIdentifier ?? '';
    const vpc = one.DBSubnetGroup?.VpcId ?? null;
    return {
      type: 'AWS::RDS::DBInstance',
      id,
      arn: one.DBInstanceArn ?? null,
      name: id,
      parent: vpc,
      relations: {},
      origin: stack.origin(id),
      properties: {
        engine: one.Engine ?? '',
        class: one.DBInstanceClass ?? '',
        status: one.DBInstanceStatus ?? '',
        vpc,
      },
    };
  });
}
