import { EC2, type ResourceType as Ec2ResourceType, type Tag } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import type { Context, Made } from './resource-type.ts';

/** Tags as CloudFormation writes them for EC2. */
export const ec2Tags = z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional();

type Tagged = { Tags?: Tag[] | undefined };

/** The part of a Create… call that tags what it makes: its own tags, and those that CloudFormation adds by itself. */
export const tagSpecifications = (type: Ec2ResourceType, { Tags = [] }: Tagged, context: Context) => ({
  TagSpecifications: [
    {
      ResourceType: type,
      Tags: [
        ...Tags,
        { Key: 'aws:cloudformation:stack-name', Value: context.stackName },
        { Key: 'aws:cloudformation:logical-id', Value: context.logicalId },
        { Key: 'aws:cloudformation:stack-id', Value: context.stackId },
      ],
    },
  ],
});

/** Gives an EC2 resource the tags it should have and takes the others away. */
export async function retag(made: Made, next: Tagged, context: Context, before: Tagged): Promise<void> {
  const ec2 = context.client(EC2);
  const wanted = next.Tags ?? [];
  const dropped = (before.Tags ?? []).filter(({ Key }) => !wanted.some((tag) => tag.Key === Key));
  if (dropped.length > 0) {
    await ec2.deleteTags({ Resources: [made.id], Tags: dropped.map(({ Key }) => ({ Key })) });
  }
  if (wanted.length > 0) await ec2.createTags({ Resources: [made.id], Tags: wanted });
}
