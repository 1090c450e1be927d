import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { DEFAULT_PAGE_SIZE, LARGEST_PAGE_SIZE } from '../schema/root/connection.ts';

/**
 * What one operation may ask for. The page of this repository needs depth 7, 0 aliases, cost 300 at most; the limits
 * leave room for others and end what would make the server work for minutes.
 */
export const LIMITS = {
  /** Fields below each other. */
  depth: 10,
  /** Fields under another name, counted as often as their fragments are used. */
  aliases: 15,
  /** Fields, those below a connection counted once for each of its entries. */
  cost: 5_000,
  /** How often one field may appear on a path to a leaf (article → author → articles → author …). */
  recursion: 2,
  /** Words and signs of the document; the parser itself ends there. */
  tokens: 2_000,
};

/** What an operation asks for, in the units of LIMITS. */
export interface Measure {
  depth: number;
  aliases: number;
  cost: number;
  recursion: number;
}

/**
 * Measures an operation that is valid against the schema. Introspection (`__schema`, `__type`) counts as one field:
 * graphql-js limits its recursion itself. A fragment that contains itself is invalid, so it never gets here; if it
 * did, it would count as endless.
 * @param variables the raw values; a page size that is not given counts as the default, an absurd one as the largest.
 */
export function measure(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): Measure {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const defaults = new Map(operation.variableDefinitions?.map((one) => [one.variable.name.value, one.defaultValue]));
  const open: string[] = [];
  const path: string[] = [];
  const worst: Measure = { depth: 0, aliases: 0, cost: 0, recursion: 0 };
  /** Ends the walk as soon as anything is too much, so that measuring is cheap for what is not. */
  const exceeded = () => exceeds(worst) !== undefined;

  const walk = (selectionSet: SelectionSetNode, parent: GraphQLNamedType | undefined, times: number) => {
    for (const selection of selectionSet.selections) {
      if (exceeded()) return;
      if (selection.kind === Kind.FIELD) {
        walkField(selection, parent, times);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const type = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : parent;
        walk(selection.selectionSet, type, times);
      } else {
        const name = selection.name.value;
        const fragment = fragments.get(name);
        if (open.includes(name)) worst.recursion = Number.POSITIVE_INFINITY;
        else if (fragment) {
          open.push(name);
          walk(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value), times);
          open.pop();
        }
      }
    }
  };

  const walkField = (field: FieldNode, parent: GraphQLNamedType | undefined, times: number) => {
    const name = field.name.value;
    worst.cost += times;
    if (field.alias && field.alias.value !== name) worst.aliases += 1;
    if (name.startsWith('__')) return;
    const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    path.push(`${parent?.name}.${name}`);
    worst.depth = Math.max(worst.depth, path.length);
    worst.recursion = Math.max(worst.recursion, path.filter((step) => step === path.at(-1)).length);
    const type = definition && getNamedType(definition.type);
    if (field.selectionSet) {
      walk(field.selectionSet, type, type?.name.endsWith('Connection') ? times * pageSize(field) : times);
    }
    path.pop();
  };

  const pageSize = (field: FieldNode): number => {
    for (const argument of field.arguments ?? []) {
      if (argument.name.value !== 'first' && argument.name.value !== 'last') continue;
      const node =
        argument.value.kind === Kind.VARIABLE && variables[argument.value.name.value] === undefined
          ? defaults.get(argument.value.name.value)
          : argument.value;
      const value =
        node?.kind === Kind.VARIABLE
          ? variables[node.name.value]
          : node?.kind === Kind.INT
            ? Number(node.value)
            : undefined;
      if (typeof value === 'number') return Math.min(Math.max(value, 1), LARGEST_PAGE_SIZE);
    }
    return DEFAULT_PAGE_SIZE;
  };

  walk(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined, 1);
  return worst;
}

function exceeds(found: Measure): keyof Measure | undefined {
  return (['recursion', 'depth', 'aliases', 'cost'] as const).find((name) => found[name] > LIMITS[name]);
}

const EXPLANATIONS: Record<keyof Measure, string> = {
  depth: `入れ子は ${LIMITS.depth} 段までです。`,
  aliases: `別名（エイリアス）は ${LIMITS.aliases} 個までです。`,
  cost: `一度に取れる量を超えています（コスト ${LIMITS.cost.toLocaleString('ja-JP')} まで）。first を小さくするか、問い合わせを分けてください。`,
  recursion: `同じフィールドを入れ子にできるのは ${LIMITS.recursion} 回までです。`,
};

/** Documents without variables for page sizes measure the same every time. */
const harmless = new WeakMap<OperationDefinitionNode, true>();

/**
 * Refuses an operation that asks for too much.
 * @throws GraphQLError (QUERY_TOO_EXPENSIVE, 400) in Japanese.
 */
export function enforceLimits(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Record<string, unknown>,
): void {
  const operation = getOperationAST(document, operationName);
  if (!operation || harmless.has(operation)) return;
  const excess = exceeds(measure(schema, document, operation, variables));
  if (excess) {
    throw new GraphQLError(EXPLANATIONS[excess], {
      extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: excess, http: { status: 400 } },
    });
  }
  // The dearest that this document can become.
  const dearest = Object.fromEntries(
    (operation.variableDefinitions ?? []).map((one) => [one.variable.name.value, LARGEST_PAGE_SIZE]),
  );
  if (!exceeds(measure(schema, document, operation, dearest))) harmless.set(operation, true);
}
