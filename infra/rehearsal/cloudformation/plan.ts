import { isDeepStrictEqual } from 'node:util';
import type { ResourceType } from '../resource-type.ts';
import { isSupported, resourceType } from '../resource-types.ts';
import { CloudFormationError } from './error.ts';
import { evaluate, holds, knownAfter } from './evaluate.ts';
import { scopeOf } from './scope.ts';
import type { Deployment, ResourceRecord, Stack, Stacks, Tag } from './stack.ts';
import { inOrder, type Json, type JsonObject, type ResourceDefinition } from './template.ts';

/** One property that differs, and whether its change makes a new resource. */
export interface PropertyChange {
  name: string;
  before: Json | undefined;
  after: Json | undefined;
  replaces: boolean;
}

/** What a change set says of one resource. */
export interface Change {
  action: 'Add' | 'Modify' | 'Remove';
  logicalId: string;
  physicalId: string | null;
  type: string;
  replacement: 'True' | 'False' | 'Conditional' | null;
  properties: PropertyChange[];
  metadata: boolean;
  before: JsonObject | null;
  after: JsonObject | null;
}

/** The resources of a deployment whose conditions hold. */
export function wanted(stack: Stack, deployment: Deployment, stacks: Stacks): Record<string, ResourceDefinition> {
  const scope = scopeOf(stack, deployment, stacks);
  return Object.fromEntries(
    Object.entries(deployment.template.Resources).filter(
      ([, { Condition }]) => Condition === undefined || holds(Condition, scope),
    ),
  );
}

/** A resource's properties with all functions evaluated and the stack's tags added. */
export function propertiesOf(
  definition: ResourceDefinition,
  type: ResourceType<Record<string, unknown>>,
  tags: Tag[],
  scope: Parameters<typeof evaluate>[1],
): JsonObject {
  const properties = (evaluate(definition.Properties ?? {}, scope) ?? {}) as JsonObject;
  if (tags.length === 0 || !('Tags' in type.properties.shape)) return properties;
  const own = (properties.Tags ?? []) as unknown as Tag[];
  const inherited = tags.filter(({ Key }) => !own.some((tag) => tag.Key === Key));
  return { ...properties, Tags: [...own, ...inherited] as unknown as Json };
}

/**
 * The properties that differ between two states of a resource.
 *
 * @throws CloudFormationError where one of them can't change in the rehearsal
 */
export function differences(
  logicalId: string,
  type: ResourceType<Record<string, unknown>>,
  before: JsonObject,
  after: JsonObject,
): PropertyChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...names].filter((name) => !isDeepStrictEqual(before[name], after[name]));
  return changed.map((name) => {
    const replaces = type.replacedBy.includes(name);
    if (!replaces && !(name in type.updates)) {
      throw new CloudFormationError(
        'ValidationError',
        `リハーサルは ${logicalId}（${type.type}）のプロパティ ${name} の変更を実行できません。ほかの変更だけにするか、スタックを削除してから作り直してください。`,
      );
    }
    return { name, before: before[name], after: after[name], replaces };
  });
}

/** @throws CloudFormationError where the rehearsal doesn't know a type, as AWS does for one it doesn't know */
export function assertSupported(deployment: Deployment): void {
  const unsupported = Object.entries(deployment.template.Resources).filter(([, { Type }]) => !isSupported(Type));
  if (unsupported.length === 0) return;
  const list = unsupported.map(([logicalId, { Type }]) => `${Type}（${logicalId}）`).join('、');
  throw new CloudFormationError(
    'ValidationError',
    `Template format error: Unrecognized resource types: リハーサルは次の種類のリソースを作れません: ${list}`,
  );
}

/** @throws CloudFormationError where a property isn't one that the rehearsal carries out */
function assertProperties(
  logicalId: string,
  type: ResourceType<Record<string, unknown>>,
  properties: JsonObject,
): void {
  const unknown = Object.keys(properties).filter((name) => !(name in type.properties.shape));
  if (unknown.length === 0) return;
  throw new CloudFormationError(
    'ValidationError',
    `リハーサルは ${logicalId}（${type.type}）のプロパティ ${unknown.join('、')} を実行できません。`,
  );
}

/**
 * What carrying out a deployment would change in a stack, in the order in which it would be done; removals come last.
 *
 * @throws CloudFormationError where it can't be carried out in the rehearsal
 */
export async function plan(stack: Stack, deployment: Deployment, stacks: Stacks): Promise<Change[]> {
  assertSupported(deployment);
  const definitions = wanted(stack, deployment, stacks);
  const unknown = new Set<string>();
  const scope = scopeOf(stack, deployment, stacks, (logicalId) => unknown.has(logicalId));
  const changes: Change[] = [];
  for (const [logicalId, definition] of inOrder(definitions)) {
    const type = await resourceType(definition.Type);
    const properties = propertiesOf(definition, type, deployment.tags, scope);
    assertProperties(logicalId, type, properties);
    const record = stack.resources[logicalId];
    const metadata: Json = definition.Metadata ?? null;
    const after = { Properties: properties };
    if (!record) {
      unknown.add(logicalId);
      changes.push({
        action: 'Add',
        logicalId,
        physicalId: null,
        type: definition.Type,
        replacement: null,
        properties: [],
        metadata: false,
        before: null,
        after,
      });
      continue;
    }
    const change = modification(logicalId, type, record, definition.Type, properties, metadata);
    if (change === null) continue;
    if (change.replacement !== 'False') unknown.add(logicalId);
    changes.push(change);
  }
  return [...changes, ...removals(stack, definitions)];
}

function modification(
  logicalId: string,
  type: ResourceType<Record<string, unknown>>,
  record: ResourceRecord,
  typeName: string,
  properties: JsonObject,
  metadata: Json,
): Change | null {
  const otherType = record.type !== typeName;
  const changed = otherType ? [] : differences(logicalId, type, record.properties, properties);
  const metadataChanged = !isDeepStrictEqual(record.metadata, metadata);
  if (!otherType && changed.length === 0 && !metadataChanged) return null;
  const replacing = changed.filter(({ replaces }) => replaces);
  const sure = otherType || replacing.some(({ after }) => !isDynamic(after));
  return {
    action: 'Modify',
    logicalId,
    physicalId: record.id,
    type: typeName,
    replacement: sure ? 'True' : replacing.length > 0 ? 'Conditional' : 'False',
    properties: changed,
    metadata: metadataChanged,
    before: { Properties: record.properties },
    after: { Properties: properties },
  };
}

/** Whether a value is only known after the change. */
export const isDynamic = (value: Json | undefined): boolean => JSON.stringify(value ?? null).includes(knownAfter);

function removals(stack: Stack, definitions: Record<string, ResourceDefinition>): Change[] {
  return Object.entries(stack.resources)
    .filter(([logicalId]) => !(logicalId in definitions))
    .map(([logicalId, record]) => ({
      action: 'Remove' as const,
      logicalId,
      physicalId: record.id,
      type: record.type,
      replacement: null,
      properties: [],
      metadata: false,
      before: { Properties: record.properties },
      after: null,
    }));
}
