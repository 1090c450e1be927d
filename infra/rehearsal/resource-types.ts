import { readdir } from 'node:fs/promises';
import type { ResourceType } from './resource-type.ts';

const folder = new URL('types/', import.meta.url);
const files = new Set((await readdir(folder)).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')));

/** `AWS::EC2::VPC` → `ec2-vpc.ts`. */
const fileOf = (type: string) =>
  `${type
    .replace(/^AWS::/, '')
    .replaceAll('::', '-')
    .toLowerCase()}.ts`;

/** Whether a CloudFormation type can be made in the rehearsal. */
export const isSupported = (type: string): boolean => files.has(fileOf(type));

/** A type's implementation, loaded when first needed; it must be supported. */
export async function resourceType(type: string): Promise<ResourceType<Record<string, unknown>>> {
  const { default: definition } = (await import(new URL(fileOf(type), folder).href)) as {
    default: ResourceType<Record<string, unknown>>;
  };
  return definition;
}
