import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';

/** Documents are parsed once and kept, so what they ask for is worked out once too. */
const known = new WeakMap<SelectionSetNode, Map<string, ReadonlySet<string>>>();

/**
 * The names of the fields that the query asks for below the resolver's own field, so that a query reads no more
 * columns than are needed. Fields under @skip and @include count as asked for.
 * @param paths where to look, e.g. `['nodes', 'edges.node']`; `['']` is the field itself.
 */
export function requestedFields(info: GraphQLResolveInfo, paths: string[]): ReadonlySet<string> {
  const [node] = info.fieldNodes;
  if (info.fieldNodes.length !== 1 || !node?.selectionSet) return collect(info, paths);
  const byPath = known.get(node.selectionSet) ?? new Map<string, ReadonlySet<string>>();
  known.set(node.selectionSet, byPath);
  const cacheKey = paths.join();
  const fields = byPath.get(cacheKey) ?? collect(info, paths);
  byPath.set(cacheKey, fields);
  return fields;
}

function collect(info: GraphQLResolveInfo, paths: string[]): ReadonlySet<string> {
  const own = info.fieldNodes.flatMap((node) => node.selectionSet?.selections ?? []);
  const names = paths.flatMap((path) => {
    let selections: readonly SelectionNode[] = own;
    for (const step of path === '' ? [] : path.split('.')) {
      selections = fieldsOf(selections, info)
        .filter((field) => field.name.value === step)
        .flatMap((field) => field.selectionSet?.selections ?? []);
    }
    return fieldsOf(selections, info).map((field) => field.name.value);
  });
  return new Set(names);
}

function fieldsOf(selections: readonly SelectionNode[], info: GraphQLResolveInfo): FieldNode[] {
  return selections.flatMap((selection): FieldNode[] => {
    if (selection.kind === Kind.FIELD) return [selection];
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value];
    return fragment ? fieldsOf(fragment.selectionSet.selections, info) : [];
  });
}
