import { GraphQLError } from 'graphql';
import type { ZodType } from 'zod';

/** The arguments of every connection. */
export interface ConnectionArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

/** One page that is asked for, after its arguments were checked. */
export interface Page<Key> {
  /** 1 to 100. */
  size: number;
  /** True for `last`/`before`: towards the start of the list. */
  backward: boolean;
  /** The position that the page starts beyond, null for an end of the list. */
  from: Key | null;
}

export const DEFAULT_PAGE_SIZE = 20;
export const LARGEST_PAGE_SIZE = 100;

/**
 * Checks a connection's arguments.
 * @param key the shape of the list's cursor.
 * @throws GraphQLError (BAD_USER_INPUT) in Japanese.
 */
export function readPage<Key>(args: ConnectionArgs, key: ZodType<Key>): Page<Key> {
  const { first, last, after, before } = args;
  if (first != null && last != null) throw badInput('first と last は同時に指定できません。');
  if (after != null && before != null) throw badInput('after と before は同時に指定できません。');
  if (first != null && before != null) throw badInput('before は last と一緒に指定してください。');
  if (last != null && after != null) throw badInput('after は first と一緒に指定してください。');
  const backward = last != null || before != null;
  const size = first ?? last ?? DEFAULT_PAGE_SIZE;
  if (size < 1 || size > LARGEST_PAGE_SIZE) {
    throw badInput(
      `${last == null ? 'first' : 'last'} は 1 から ${LARGEST_PAGE_SIZE} までにしてください（今は ${size}）。`,
    );
  }
  const cursor = after ?? before;
  return { size, backward, from: cursor == null ? null : decode(cursor, key) };
}

/** One entry of a page; its cursor is only computed when it is asked for. */
class Edge<Row, Key> {
  readonly node: Row;
  readonly #key: (row: Row) => Key;

  constructor(node: Row, key: (row: Row) => Key) {
    this.node = node;
    this.#key = key;
  }

  get cursor(): string {
    return encode(this.#key(this.node));
  }
}

/**
 * A Relay connection from the rows that a query found.
 * @param rows in the order they were read, that is backwards for a backward page, and one more than the page's size
 *   when there are more.
 * @param key a row's position in the list.
 */
export function toConnection<Row, Key>(rows: Row[], page: Page<Key>, key: (row: Row) => Key) {
  const more = rows.length > page.size;
  const nodes = more ? rows.slice(0, page.size) : rows;
  if (page.backward) nodes.reverse();
  const edges = nodes.map((row) => new Edge(row, key));
  const beyond = page.from !== null;
  return {
    nodes,
    edges,
    pageInfo: {
      hasNextPage: page.backward ? beyond : more,
      hasPreviousPage: page.backward ? more : beyond,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function encode(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function decode<Key>(cursor: string, key: ZodType<Key>): Key {
  try {
    return key.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw badInput('カーソルが正しくありません。一覧の最初から読み直してください。');
  }
}

export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
