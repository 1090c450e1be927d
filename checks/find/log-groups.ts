import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { workbookStack } from './stack.ts';

export interface LogGroup {
  bytes: number;
  /** Days after which its events go; null for never. */
  retentionDays: number | null;
}

/** Every log group of the region. Its id is its name. */
export async function logGroups(world: World): Promise<Resource<LogGroup>[]> {
  const [{ logGroups: found = [] }, stack] = await Promise.all([
    world.aws.logs.describeLogGroups({}),
    workbookStack(world),
  ]);
  return found.map((group) => {
    const id = group.logGroupName ?? '';
    return {
      type: 'AWS::Logs::LogGroup',
      id,
      arn: group.logGroupArn ?? group.arn ?? null,
      name: id,
      parent: null,
      relations: {},
      origin: stack.origin(id),
      properties: { bytes: group.storedBytes ?? 0, retentionDays: group.retentionInDays ?? null },
    };
  });
}
