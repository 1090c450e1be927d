import { EC2, type ResourceType as Ec2ResourceType } from '@aws-sdk/client-ec2';
import type { Context, Made } from './resource-type.ts';
import { type Tag, tagChanges, withSystemTags } from './tags.ts';

type Tagged = { Tags?: Tag[] | undefined };

/** The part of an EC2 Create… call that tags what it makes. */
export const tagSpecifications = (type: Ec2ResourceType, { Tags }: Tagged, context: Context) => ({
  TagSpecifications: [{ ResourceType: type, Tags: withSystemTags(Tags, context) }],
});

/** Gives an EC2 resource the tags it should have and takes the others away. */
export async function retag({ id }: Made, next: Tagged, context: Context, before: Tagged): Promise<void> {
  const ec2 = context.client(EC2);
  const { set, drop } = tagChanges(next.Tags, before.Tags);
  if (drop.length > 0) await ec2.deleteTags({ Resources: [id], Tags: drop.map((Key) => ({ Key })) });
  if (set.length > 0) await ec2.createTags({ Resources: [id], Tags: set });
}
