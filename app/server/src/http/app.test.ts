import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Blog } from '../../test/blog.ts';

let blog: Blog;
beforeAll(async () => {
  blog = await Blog.start();
});
afterAll(() => blog.stop());

const json = { 'content-type': 'application/json' };
const post = (body: string, headers: Record<string, string> = json) =>
  blog.fetch('/graphql', { method: 'POST', headers, body });

describe('GraphQL over HTTP', () => {
  const audits = serverAudits({ url: () => `${blog.origin}/graphql` });

  it.each(audits.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))('%s', async (_, audit) => {
    const result = await audit.fn();
    // A notice is about what a server MAY do; CSRF prevention is why ours does not answer a bare GET.
    expect(['ok', 'notice'], 'reason' in result ? result.reason : '').toContain(result.status);
  });

  it('is the whole suite', () => {
    expect(audits.length).toBeGreaterThanOrEqual(60);
  });
});

describe('what the browser is told', () => {
  const preflight = (origin: string) =>
    blog.fetch('/graphql', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });

  it.each(['http://localhost:3000', 'https://blog.example.com'])('lets %s in, with credentials', async (origin) => {
    const { headers } = await preflight(origin);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-allow-headers')).toContain('authorization');
    expect(headers.get('vary')).toContain('Origin');
  });

  it.each([
    'https://blog.example.com.attacker.example',
    'http://blog.example.com',
    'https://BLOG.example.com:8443',
    'https://sub.blog.example.com',
    'null',
  ])('keeps %s out', async (origin) => {
    expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('may read errors too: a refused token answers with CORS headers', async () => {
    const { status, headers } = await post('{}', {
      ...json,
      origin: 'http://localhost:3000',
      authorization: 'Bearer x',
    });
    expect(status).toBe(401);
    expect(headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
    expect(headers.get('access-control-expose-headers')).toContain('x-request-id');
  });

  it('gets security headers and no trace of the software', async () => {
    const { headers } = await post('{"query":"{__typename}"}');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('strict-transport-security')).toContain('max-age=');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

describe('a request forged by another site', () => {
  it.each([
    ['a form', 'POST', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a form with a file', 'POST', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['plain text', 'POST', { 'content-type': 'text/plain' }],
    ['no type at all', 'POST', {}],
    ['a link', 'GET', {}],
  ])('as %s is refused', async (_, method, headers) => {
    const query = '?query={__typename}';
    const init =
      method === 'GET'
        ? {}
        : { body: Buffer.from('{"query":"mutation { deleteArticle(id: 1) { deletedArticleId } }"}') };
    const response = await blog.fetch(`/graphql${method === 'GET' ? query : ''}`, {
      method,
      headers: headers as Record<string, string>,
      ...init,
    });
    expect([400, 415]).toContain(response.status);
    expect(await response.json()).not.toHaveProperty('data');
  });

  it('cannot change anything by GET even with the header', async () => {
    const response = await blog.fetch('/graphql?query=mutation{deleteArticle(id:1){deletedArticleId}}', {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(response.status).toBe(405);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['broken JSON', '{"query":', 400, 'JSON'],
    ['a number', '1', 400, 'JSON'],
    ['nothing', '', 400, 'query'],
    ['an empty object', '{}', 400, 'query'],
    ['too much', JSON.stringify({ query: '{me{id}}', variables: { x: 'x'.repeat(600_000) } }), 413, '大きすぎます'],
  ])('%s gives one sentence', async (_, body, status, sentence) => {
    const response = await post(body);
    const { errors } = (await response.json()) as { errors: { message: string }[] };
    expect(response.status).toBe(status);
    expect(errors[0]?.message).toContain(sentence);
  });

  it('a batch of operations is refused', async () => {
    expect((await post('[{"query":"{me{id}}"},{"query":"{me{id}}"}]')).status).toBe(400);
  });

  it('another address answers 404 in Japanese', async () => {
    const response = await blog.fetch('/');
    expect(response.status).toBe(404);
    expect(JSON.stringify(await response.json())).toContain('/graphql');
  });
});

describe('the request id', () => {
  it('is the caller’s or the load balancer’s when plain, else a new one, and stands in the log', async () => {
    const idOf = async (headers: Record<string, string>) =>
      (await post('{"query":"query Named {__typename}","operationName":"Named"}', { ...json, ...headers })).headers.get(
        'x-request-id',
      );
    expect(await idOf({ 'x-request-id': 'abc-1' })).toBe('abc-1');
    expect(await idOf({ 'x-amzn-trace-id': 'Root=1-67891233-abcdef012345678912345678' })).toBe(
      'Root=1-67891233-abcdef012345678912345678',
    );
    expect(await idOf({ 'x-request-id': '<script>' })).toMatch(/^[0-9a-f-]{36}$/);
    const line = blog.logged
      .map((text) => JSON.parse(text) as Record<string, unknown>)
      .find(({ requestId }) => requestId === 'abc-1');
    expect(line).toMatchObject({ level: 'info', method: 'POST', path: '/graphql', status: 200, operation: 'Named' });
  });

  it('logs no query string, header or body', async () => {
    await blog.fetch('/graphql?query={me{email}}&secret=s3cr3t', { headers: { 'x-api-key': 's3cr3t', ...json } });
    await post('{"query":"query ($s: ID!) { article(id: $s) { id } }","variables":{"s":"s3cr3t"}}');
    expect(blog.logged.join('')).not.toContain('s3cr3t');
  });
});

describe('introspection', () => {
  const query = '{ __schema { queryType { name } } }';

  it('is off in production, where misspelt fields are not guessed either', async () => {
    const closed = await Blog.start({ NODE_ENV: 'production', HOST: '127.0.0.1' });
    try {
      expect((await closed.ask(query)).status).toBe(400);
      expect(JSON.stringify((await closed.ask('{ articels { nodes { id } } }')).errors)).not.toContain('Did you mean');
    } finally {
      await closed.stop();
    }
  });

  it('can be switched on there', async () => {
    const open = await Blog.start({ NODE_ENV: 'production', HOST: '127.0.0.1', GRAPHQL_INTROSPECTION: 'true' });
    try {
      expect((await open.ask(query)).errors).toBeUndefined();
    } finally {
      await open.stop();
    }
  });

  it('describes every field, argument and value in Japanese', async () => {
    const { buildClientSchema, getIntrospectionQuery, isInputObjectType, isObjectType, isEnumType } = await import(
      'graphql'
    );
    const { data } = await blog.ask(getIntrospectionQuery());
    const schema = buildClientSchema(data as never);
    const silent: string[] = [];
    const look = (name: string, description: string | null | undefined) => {
      if (!/[ぁ-んァ-ヶ一-龠]/.test(description ?? '')) silent.push(name);
    };
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith('__') || ['String', 'Int', 'ID', 'Boolean', 'Query', 'Mutation'].includes(type.name))
        continue;
      look(type.name, type.description);
    }
    for (const type of Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))) {
      if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value.description);
      if (!isObjectType(type) && !isInputObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        look(`${type.name}.${field.name}`, field.description);
        if ('args' in field)
          for (const arg of field.args) look(`${type.name}.${field.name}(${arg.name})`, arg.description);
      }
    }
    expect(silent).toEqual([]);
  });
});
