type Answer = Record<string, unknown>;

/** An SDK client as this port uses it: a method per operation. */
export type PagedClient = Record<string, (input: object) => Promise<Answer>>;

type Paginate = (config: { client: PagedClient }, input: object) => AsyncIterable<Answer>;

// The names of "how many per page" over all services; an input that has one asks for one page.
const PAGE_SIZE = ['MaxResults', 'maxResults', 'MaxItems', 'MaxRecords', 'PageSize', 'Limit', 'limit'];
// For the few operations that page but have no paginator in the SDK: [in the input, in the answer].
const TOKENS = [
  ['NextToken', 'NextToken'],
  ['nextToken', 'nextToken'],
  ['Marker', 'NextMarker'],
  ['Marker', 'Marker'],
] as const;

/**
 * The answer of `method` with the lists of all its pages joined.
 * @param module the client's package, which holds the SDK's paginators
 */
export async function allPages(client: PagedClient, module: object, method: string, input: object): Promise<Answer> {
  const operation = client[method];
  if (!operation) throw new Error(`the SDK has no ${method}`);
  if (PAGE_SIZE.some((name) => name in input)) return clean(await operation.call(client, input));
  const paginate: Paginate | undefined = Reflect.get(
    module,
    `paginate${method.charAt(0).toUpperCase()}${method.slice(1)}`,
  );
  let joined: Answer = {};
  if (paginate) {
    for await (const page of paginate({ client }, input)) joined = join(joined, clean(page));
    return joined;
  }
  const seen = new Set<unknown>();
  for (let next: object | null = input; next; ) {
    const page: Answer = await operation.call(client, next);
    joined = join(joined, clean(page));
    const token = TOKENS.find(([, out]) => typeof page[out] === 'string' && page[out] !== '');
    const value = token ? page[token[1]] : undefined;
    next = token && !seen.has(value) ? { ...input, [token[0]]: value } : null;
    seen.add(value);
  }
  return joined;
}

/** Without what differs from call to call and says nothing of AWS. */
function clean(page: Answer): Answer {
  const { $metadata: _, ...rest } = page;
  return rest;
}

/** Lists are appended, at any depth (CloudFront nests them); of everything else the last page's stands. */
function join(before: Answer, page: Answer): Answer {
  const joined: Answer = { ...before };
  for (const [key, value] of Object.entries(page)) {
    const had = before[key];
    if (Array.isArray(had) && Array.isArray(value)) joined[key] = [...had, ...value];
    else if (isPlain(had) && isPlain(value)) joined[key] = join(had, value);
    else joined[key] = value;
  }
  return joined;
}

function isPlain(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
