import { z } from 'zod';
import type { Context } from './resource-type.ts';

export interface Tag {
  Key: string;
  Value: string;
}

/** Tags as CloudFormation writes them for most types. */
export const tags = z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional();

/** A resource's own tags and those that CloudFormation adds by itself. */
export function withSystemTags(own: Tag[] | undefined, context: Context): Tag[] {
  return [
    ...(own ?? []),
    { Key: 'aws:cloudformation:stack-name', Value: context.stackName },
    { Key: 'aws:cloudformation:logical-id', Value: context.logicalId },
    { Key: 'aws:cloudformation:stack-id', Value: context.stackId },
  ];
}

/** What has to be set, and the keys that have to go, from one state of the tags to the next. */
export function tagChanges(next: Tag[] = [], before: Tag[] = []): { set: Tag[]; drop: string[] } {
  const drop = before.map(({ Key }) => Key).filter((key) => !next.some(({ Key }) => Key === key));
  return { set: next, drop };
}
