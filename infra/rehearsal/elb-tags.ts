import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Context, Made } from './resource-type.ts';
import { type Tag, tagChanges } from './tags.ts';

type Tagged = { Tags?: Tag[] | undefined };

/** Gives a load balancing resource, whose id is its ARN, the tags it should have. */
export async function retagElb({ id }: Made, next: Tagged, context: Context, before: Tagged): Promise<void> {
  const elb = context.client(ElasticLoadBalancingV2);
  const { set, drop } = tagChanges(next.Tags, before.Tags);
  if (drop.length > 0) await elb.removeTags({ ResourceArns: [id], TagKeys: drop });
  if (set.length > 0) await elb.addTags({ ResourceArns: [id], Tags: set });
}
