import { XMLBuilder } from 'fast-xml-parser';

/** A value of an API answer: lists become `<member>` elements, what is null or undefined is left out. */
export type Value = string | number | boolean | Date | null | undefined | Value[] | { [name: string]: Value };

const builder = new XMLBuilder({ processEntities: true, suppressEmptyNode: true });

/** An answer of the query protocol, e.g. `<DescribeStacksResponse><DescribeStacksResult>…`. */
export function answerXml(action: string, result: Value): string {
  const body = {
    [`${action}Result`]: members(result) ?? '',
    ResponseMetadata: { RequestId: crypto.randomUUID() },
  };
  return builder.build({ [`${action}Response`]: body });
}

function members(value: Value): unknown {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return { member: value.map(members) };
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(([name, inner]) => [name, members(inner)] as const);
    return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
  }
  return String(value);
}
