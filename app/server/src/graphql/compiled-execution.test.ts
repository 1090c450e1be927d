import { afterAll, beforeAll, expect, it } from 'vitest';
import { Blog } from '../../test/blog.ts';

let blog: Blog;
beforeAll(async () => {
  blog = await Blog.start();
  await blog.write('writer', { title: '題名', tags: ['b', 'a'] });
});
afterAll(() => blog.stop());

/** Often enough for the compiled function to take over. */
const ROUNDS = 5;

/** Compiled or not, the answer may not differ. */
it.each([
  ['{ articles { nodes { title tags { name } author { name } } } }', {}],
  ['query ($yes: Boolean!) { articles { nodes { title @include(if: $yes) id @skip(if: $yes) } } }', { yes: true }],
  [
    '{ articles { ...F } } fragment F on ArticleConnection { nodes { ... on Article { name: title } } edges { cursor } }',
    {},
  ],
  ['query A { me { id } articles(after: "broken") { nodes { id } } }', {}],
  ['query ($first: Int!) { articles(first: $first) { nodes { id } } }', { first: 'many' }],
  ['query ($first: Int!) { articles(first: $first) { nodes { id } } }', {}],
  ['{ user(id: "1") { name articles { nodes { title viewerCanEdit comments { nodes { id } } } } } }', {}],
  ['mutation { addComment(input: { articleId: "1", body: "" }) { comment { id } errors { code message field } } }', {}],
])('answers %s the same however often it came', async (query, variables) => {
  const first = await blog.ask(query, variables);
  for (let round = 1; round < ROUNDS; round += 1) {
    const again = await blog.ask(query, variables);
    expect(again.status).toBe(first.status);
    expect(again.data).toEqual(first.data);
    expect(again.errors?.map(({ message, extensions }) => ({ message, extensions }))).toEqual(
      first.errors?.map(({ message, extensions }) => ({ message, extensions })),
    );
  }
});
