import { makeExecutableSchema } from '@graphql-tools/schema';
import { getOperationAST, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Blog } from '../../test/blog.ts';
import { typeDefs } from '../generated/type-defs.ts';
import { LIMITS, measure } from './limits.ts';

const schema = makeExecutableSchema({ typeDefs });

function measureOf(source: string, variables: Record<string, unknown> = {}) {
  const document = parse(source);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  return measure(schema, document, operation, variables);
}

describe('measuring', () => {
  it('counts fields below a connection once for each entry', () => {
    expect(measureOf('{ articles(first: 3) { nodes { id title } } }').cost).toBe(1 + 3 * 3);
    expect(measureOf('{ articles { nodes { id } } }').cost).toBe(1 + 20 * 2);
    expect(measureOf('query ($n: Int = 7) { articles(last: $n) { nodes { id } } }').cost).toBe(1 + 7 * 2);
    expect(measureOf('query ($n: Int = 7) { articles(last: $n) { nodes { id } } }', { n: 9 }).cost).toBe(1 + 9 * 2);
    expect(measureOf('{ articles(first: 100000) { nodes { id } } }').cost).toBe(1 + 100 * 2);
    expect(measureOf('{ articles(first: -5) { nodes { id } } }').cost).toBe(1 + 1 * 2);
  });

  it('multiplies nested connections', () => {
    const { cost, depth } = measureOf('{ articles(first: 10) { nodes { comments(first: 5) { nodes { id } } } } }');
    expect(cost).toBe(1 + 10 * 2 + 10 * 5 * 2);
    expect(depth).toBe(5);
  });

  it('looks into fragments, named and inline, as often as they are used', () => {
    const source = `{ a: me { ...F } b: me { ...F ... on Me { other: id } } } fragment F on Me { x: id }`;
    expect(measureOf(source)).toMatchObject({ aliases: 5, cost: 5 });
  });

  it('counts introspection as one field', () => {
    expect(measureOf('{ __schema { types { fields { type { ofType { name } } } } } }')).toMatchObject({
      cost: 1,
      depth: 0,
    });
  });

  it('never ends up in a fragment that contains itself', () => {
    expect(
      measureOf(
        '{ me { ...F } } fragment F on Me { user { articles { nodes { author { ...G } } } } } fragment G on User { ...G }',
      ).recursion,
    ).toBeGreaterThan(LIMITS.recursion);
  });

  it('measures what would take exponential time in no time', () => {
    const fragments = Array.from(
      { length: 30 },
      (_, n) =>
        `fragment F${n} on User { a: articles { nodes { author { ...F${n + 1} } } } b: articles { nodes { author { ...F${n + 1} } } } }`,
    );
    const source = `{ user(id: 1) { ...F0 } } ${fragments.join(' ')} fragment F30 on User { id }`;
    const startedAt = performance.now();
    const { cost, recursion } = measureOf(source);
    expect(cost > LIMITS.cost || recursion > LIMITS.recursion).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

describe('over HTTP', () => {
  let blog: Blog;
  beforeAll(async () => {
    blog = await Blog.start();
  });
  afterAll(() => blog.stop());

  const page = (field: string, below: string) => `${field}(first: 1) { nodes { ${below} } }`;
  const comments = (below: string) => page('comments', `article { ${below} }`);
  const deep = `{ ${page('articles', comments(`author { ${page('articles', comments('id'))} }`))} }`;

  it.each([
    ['depth', deep, '入れ子は'],
    [
      'recursion',
      '{ user(id: 1) { articles(first: 1) { nodes { author { articles(first: 1) { nodes { author { articles(first: 1) { nodes { id } } } } } } } } } }',
      '同じフィールド',
    ],
    ['aliases', `{ ${Array.from({ length: LIMITS.aliases + 1 }, (_, n) => `a${n}: me { id }`).join(' ')} }`, '別名'],
    ['cost', '{ articles(first: 100) { nodes { comments(first: 100) { nodes { id } } } } }', '一度に取れる量'],
  ])('refuses too much %s', async (limit, query, sentence) => {
    const { status, data, errors } = await blog.ask(query);
    expect(status).toBe(400);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_EXPENSIVE', limit });
    expect(errors?.[0]?.message).toContain(sentence);
  });

  it('refuses a cost that only the variables make too great, each time it comes', async () => {
    const query = 'query ($n: Int) { articles(first: $n) { nodes { comments(first: $n) { nodes { id } } } } }';
    for (let round = 0; round < 5; round += 1) {
      expect((await blog.ask(query, { n: 5 })).status).toBe(200);
      expect((await blog.ask(query, { n: 100 })).status).toBe(400);
    }
  });

  it('refuses a fragment cycle as invalid', async () => {
    const { status, errors } = await blog.ask('{ me { ...A } } fragment A on Me { ...B } fragment B on Me { ...A }');
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('refuses a document of too many words before it is read to the end', async () => {
    const { status, errors } = await blog.ask(`{ ${'id '.repeat(LIMITS.tokens)} }`);
    expect(status).toBe(400);
    expect(errors?.[0]?.message).toContain(String(LIMITS.tokens));
  });

  it('refuses introspection that goes round in circles, and answers the usual one', async () => {
    const circle =
      '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }';
    expect((await blog.ask(circle)).status).toBe(400);
    const { getIntrospectionQuery } = await import('graphql');
    expect((await blog.ask(getIntrospectionQuery())).errors).toBeUndefined();
  });
});
