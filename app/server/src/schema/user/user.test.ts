import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Blog } from '../../../test/blog.ts';

let blog: Blog;
beforeAll(async () => {
  blog = await Blog.start();
});
afterAll(() => blog.stop());

const me = async (as?: string) =>
  (
    await blog.ask<{ me: { id: string; email: string; name: string | null } | null }>(
      '{ me { id email name } }',
      {},
      as,
    )
  ).data.me;

async function askWith(claims: Record<string, unknown>, query = '{ me { id email } }') {
  const token = await blog.issuer.token(String(claims.sub), claims);
  const response = await blog.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as {
    data: { me: { id: string; email: string } | null };
    errors?: { message: string; extensions: { code: string } }[];
  };
}

describe('the first sign-in', () => {
  it('makes the row from sub and email, once, even when many requests come at once', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => me('newcomer')));
    expect(new Set(all.map((one) => one?.id)).size).toBe(1);
    const { rows } = await blog.database.client.query(`SELECT sub, email, name FROM "User" WHERE sub = 'newcomer'`);
    expect(rows).toEqual([{ sub: 'newcomer', email: 'newcomer@example.com', name: null }]);
  });

  it('makes none for a visitor, nor for a refused token', async () => {
    expect(await me()).toBeNull();
    await blog.fetch('/graphql?query={me{id}}', { headers: { authorization: 'Bearer x' } });
    const { rowCount } = await blog.database.client.query(`SELECT 1 FROM "User" WHERE sub <> 'newcomer'`);
    expect(rowCount).toBe(0);
  });

  it('follows a changed address', async () => {
    const { data } = await askWith({ sub: 'mover', email: 'old@example.com' });
    expect((await askWith({ sub: 'mover', email: 'new@example.com' })).data.me).toEqual({
      id: data.me?.id,
      email: 'new@example.com',
    });
  });

  it('never takes over another account’s row by its address', async () => {
    await askWith({ sub: 'owner', email: 'shared@example.com' });
    const { data, errors } = await askWith({ sub: 'thief', email: 'shared@example.com' });
    expect(data.me).toBeNull();
    expect(errors).toMatchObject([
      { message: expect.stringContaining('別のアカウントで登録されています'), extensions: { code: 'NOT_SIGNED_IN' } },
    ]);
  });

  it('needs an address', async () => {
    const { errors } = await askWith({ sub: 'anonymous', email: '' });
    expect(errors?.[0]?.message).toContain('メールアドレスのないアカウント');
  });
});

describe('the profile', () => {
  const update = (name: string, as?: string) =>
    blog.ask<{
      updateProfile: {
        me: { name: string; user: { name: string } } | null;
        errors: { code: string; field: string | null }[];
      };
    }>(
      'mutation ($name: String!) { updateProfile(input: { name: $name }) { me { name user { name } } errors { code field } } }',
      { name },
      as,
    );

  it('shows a name only once there is one', async () => {
    const id = (await me('hanako'))?.id;
    const shown = async () =>
      (await blog.ask<{ user: { name: string } }>('query ($id: ID!) { user(id: $id) { name } }', { id })).data.user
        .name;
    expect(await shown()).toBe('名無しさん');
    expect((await update('  花子  ', 'hanako')).data.updateProfile).toEqual({
      me: { name: '花子', user: { name: '花子' } },
      errors: [],
    });
    expect(await shown()).toBe('花子');
  });

  it.each([
    ['', 'VALIDATION_FAILED'],
    ['あ'.repeat(51), 'VALIDATION_FAILED'],
  ])('refuses the name %j', async (name, code) => {
    expect((await update(name, 'hanako')).data.updateProfile).toMatchObject({
      me: null,
      errors: [{ code, field: 'name' }],
    });
  });

  it('is changed by its owner only', async () => {
    expect((await update('x')).data.updateProfile).toMatchObject({ me: null, errors: [{ code: 'NOT_SIGNED_IN' }] });
  });

  it('keeps the address to oneself', async () => {
    const { status, errors } = await blog.ask('{ user(id: "1") { email } }');
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it.each(['0', 'abc', '99999999999'])('finds no user %j', async (id) => {
    expect((await blog.ask('query ($id: ID!) { user(id: $id) { name } }', { id })).data).toEqual({ user: null });
  });
});

it('pages through one’s drafts, the latest made first', async () => {
  for (const title of ['1', '2', '3']) await blog.write('drafter', { title, publish: false });
  const query = `query ($first: Int, $after: String, $last: Int, $before: String) {
    me { drafts(first: $first, after: $after, last: $last, before: $before) { nodes { title } pageInfo { hasNextPage startCursor endCursor } } } }`;
  const drafts = async (variables: object) =>
    (
      await blog.ask<{
        me: {
          drafts: {
            nodes: { title: string }[];
            pageInfo: { hasNextPage: boolean; startCursor: string; endCursor: string };
          };
        };
      }>(query, { ...variables }, 'drafter')
    ).data.me.drafts;
  const first = await drafts({ first: 2 });
  expect(first.nodes.map(({ title }) => title)).toEqual(['3', '2']);
  expect(first.pageInfo.hasNextPage).toBe(true);
  const second = await drafts({ first: 2, after: first.pageInfo.endCursor });
  expect(second.nodes.map(({ title }) => title)).toEqual(['1']);
  expect((await drafts({ last: 2, before: second.pageInfo.startCursor })).nodes.map(({ title }) => title)).toEqual([
    '3',
    '2',
  ]);
});
