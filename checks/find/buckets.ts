import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { workbookStack } from './stack.ts';

/** Every S3 bucket of the account, in whatever region. Its id is its name. */
export async function buckets(world: World): Promise<Resource<{ since: Date | null }>[]> {
  const [{ Buckets = [] }, stack] = await Promise.all([world.aws.s3.listBuckets({}), workbookStack(world)]);
  return Buckets.map(({ Name: id = '', CreationDate }) => ({
    type: 'AWS::S3::Bucket',
    id,
    arn: `arn:aws:s3:::${id}`,
    name: id,
    parent: null,
    relations: {},
    origin: stack.origin(id),
    properties: { since: CreationDate ?? null },
  }));
}
