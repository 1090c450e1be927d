import { ECS } from '@aws-sdk/client-ecs';
import type { Context, Made } from './resource-type.ts';
import { type Tag, tagChanges, withSystemTags } from './tags.ts';

/** Names that a learner chose (log options, labels) and that keep their letters. */
const free = new Set(['Options', 'DockerLabels', 'Labels', 'DriverOpts']);

/** CloudFormation's `ContainerDefinitions` as ECS's own `containerDefinitions`, all the way down. */
export function lowerFirst(value: unknown, isFree = false): unknown {
  if (Array.isArray(value)) return value.map((item) => lowerFirst(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      isFree ? name : name.charAt(0).toLowerCase() + name.slice(1),
      lowerFirst(inner, free.has(name)),
    ]),
  );
}

/** Tags as ECS takes them. */
export const ecsTags = (own: Tag[] | undefined, context: Context) =>
  withSystemTags(own, context).map(({ Key, Value }) => ({ key: Key, value: Value }));

/** Gives an ECS resource, one of whose attributes is its ARN, the tags it should have. */
export async function retagEcs(
  { id, attributes }: Made,
  next: { Tags?: Tag[] | undefined },
  context: Context,
  before: { Tags?: Tag[] | undefined },
): Promise<void> {
  const ecs = context.client(ECS);
  const resourceArn = attributes?.Arn ?? id;
  const { set, drop } = tagChanges(next.Tags, before.Tags);
  if (drop.length > 0) await ecs.untagResource({ resourceArn, tagKeys: drop });
  if (set.length > 0) {
    await ecs.tagResource({ resourceArn, tags: set.map(({ Key, Value }) => ({ key: Key, value: Value })) });
  }
}
