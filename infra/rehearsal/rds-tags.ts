import { RDS } from '@aws-sdk/client-rds';
import type { Context, Made } from './resource-type.ts';
import { type Tag, tagChanges } from './tags.ts';

type Tagged = { Tags?: Tag[] | undefined };

/** Gives an RDS resource the tags it should have; it is known by the one of its attributes that is an ARN. */
export async function retagRds(made: Made, next: Tagged, context: Context, before: Tagged): Promise<void> {
  const rds = context.client(RDS);
  const ResourceName = Object.values(made.attributes ?? {}).find((value) => value.startsWith('arn:aws:rds:'));
  const { set, drop } = tagChanges(next.Tags, before.Tags);
  if (drop.length > 0) await rds.removeTagsFromResource({ ResourceName, TagKeys: drop });
  if (set.length > 0) await rds.addTagsToResource({ ResourceName, Tags: set });
}
