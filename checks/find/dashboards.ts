import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { workbookStack } from './stack.ts';

/** Every CloudWatch dashboard of the account. Its id is its name. */
export async function dashboards(world: World): Promise<Resource<Record<string, never>>[]> {
  const [{ DashboardEntries = [] }, stack] = await Promise.all([
    world.aws.cloudwatch.listDashboards({}),
    workbookStack(world),
  ]);
  return DashboardEntries.map(({ DashboardName: id = '', DashboardArn }) => ({
    type: 'AWS::CloudWatch::Dashboard',
    id,
    arn: DashboardArn ?? null,
    name: id,
    parent: null,
    relations: {},
    origin: stack.origin(id),
    properties: {},
  }));
}
