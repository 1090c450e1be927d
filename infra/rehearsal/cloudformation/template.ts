import { type CollectionTag, parse, type ScalarTag } from 'yaml';
import { CloudFormationError } from './error.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A value as text, as CloudFormation puts it into a string. */
export const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

export interface ResourceDefinition {
  Type: string;
  Properties?: JsonObject;
  DependsOn?: string | string[];
  Condition?: string;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  Metadata?: JsonObject;
}

export interface ParameterDefinition {
  Type: string;
  Default?: Json;
  AllowedValues?: Json[];
  NoEcho?: Json;
  Description?: string;
}

export interface Template {
  Description?: string;
  Parameters?: Record<string, ParameterDefinition>;
  Mappings?: JsonObject;
  Conditions?: JsonObject;
  Resources: Record<string, ResourceDefinition>;
  Outputs?: Record<string, { Value: Json; Description?: string; Condition?: string; Export?: { Name: Json } }>;
}

/** YAML's short forms of the intrinsic functions, e.g. `!GetAtt a.b`. */
const tags = [
  'Ref',
  'Condition',
  ...'Base64 Cidr FindInMap GetAtt GetAZs If ImportValue Join Select Split Sub And Equals Not Or'.split(' '),
].flatMap((name): (ScalarTag | CollectionTag)[] => {
  const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
  const wrap = (value: unknown) => ({
    [key]: name === 'GetAtt' && typeof value === 'string' ? value.split(/\.(.*)/s, 2) : value,
  });
  return [
    { tag: `!${name}`, resolve: (text: string) => wrap(text) },
    {
      tag: `!${name}`,
      collection: 'seq',
      resolve: (node) => wrap((node as { toJSON: () => unknown }).toJSON()),
    },
    {
      tag: `!${name}`,
      collection: 'map',
      resolve: (node) => wrap((node as { toJSON: () => unknown }).toJSON()),
    },
  ];
});

/**
 * Reads a template, JSON or YAML.
 *
 * @throws CloudFormationError where it isn't a template
 */
export function readTemplate(body: string): Template {
  let value: unknown;
  try {
    value = body.trimStart().startsWith('{') ? JSON.parse(body) : parse(body, { customTags: tags });
  } catch (error) {
    throw new CloudFormationError('ValidationError', `Template format error: ${(error as Error).message}`);
  }
  const template = value as Partial<Template> | null;
  if (typeof template?.Resources !== 'object' || Object.keys(template.Resources).length === 0) {
    throw new CloudFormationError(
      'ValidationError',
      'Template format error: At least one Resources member must be defined.',
    );
  }
  const transform = (template as JsonObject).Transform;
  if (transform !== undefined) {
    throw new CloudFormationError(
      'ValidationError',
      `リハーサルは Transform（${JSON.stringify(transform)}）を実行できません。`,
    );
  }
  return template as Template;
}

/** Logical ids that a value points at by Ref, Fn::GetAtt or Fn::Sub. */
export function references(value: Json | undefined, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) references(item, found);
  else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'Ref' && typeof inner === 'string') found.add(inner);
      else if (key === 'Fn::GetAtt') found.add(getAttOf(inner).resource);
      else if (key === 'Fn::Sub') {
        const text = Array.isArray(inner) ? inner[0] : inner;
        for (const [, name = ''] of textOf(text ?? '').matchAll(/\$\{([^!}][^}]*)\}/g))
          found.add(name.replace(/\..*/s, ''));
        if (Array.isArray(inner)) references(inner[1], found);
      } else references(inner, found);
    }
  }
  return found;
}

/** `["A", "Arn"]` or `"A.Arn"`, taken apart. */
export function getAttOf(value: Json): { resource: string; attribute: string } {
  if (Array.isArray(value))
    return { resource: textOf(value[0] ?? ''), attribute: value.slice(1).map(textOf).join('.') };
  const [resource = '', attribute = ''] = textOf(value).split(/\.(.*)/s, 2);
  return { resource, attribute };
}

/**
 * The resources with their logical ids, so that each comes after all it points at or names in DependsOn.
 *
 * @throws CloudFormationError on a circle
 */
export function inOrder(resources: Record<string, ResourceDefinition>): [id: string, definition: ResourceDefinition][] {
  const ordered: [string, ResourceDefinition][] = [];
  const done = new Set<string>();
  const open = new Set<string>();
  const visit = (id: string) => {
    const definition = resources[id];
    if (definition === undefined || done.has(id)) return;
    if (open.has(id)) {
      throw new CloudFormationError(
        'ValidationError',
        `Circular dependency between resources: [${[...open].join(', ')}]`,
      );
    }
    open.add(id);
    const needed = [...references(definition.Properties), ...[definition.DependsOn ?? []].flat()];
    for (const other of needed.toSorted()) if (other !== id) visit(other);
    open.delete(id);
    done.add(id);
    ordered.push([id, definition]);
  };
  for (const id of Object.keys(resources).toSorted()) visit(id);
  return ordered;
}
