import { afterAll, beforeAll, expect, it } from 'vitest';
import { Blog } from '../../../test/blog.ts';

let blog: Blog;
beforeAll(async () => {
  blog = await Blog.start();
  for (const tags of [['料理', 'カレー'], ['料理', 'パン'], ['料理'], ['旅行'], ['AWS']])
    await blog.write('a', { title: tags.join(), tags });
  await blog.write('a', { title: '下書き', tags: ['秘密', 'AWS'], publish: false });
});
afterAll(() => blog.stop());

interface Tags {
  nodes: { name: string; articleCount: number }[];
  pageInfo: { hasNextPage: boolean; startCursor: string; endCursor: string };
}
const list = async (variables: Record<string, unknown> = {}): Promise<Tags> =>
  (
    await blog.ask<{ tags: Tags }>(
      `query ($first: Int, $after: String, $last: Int, $before: String) {
      tags(first: $first, after: $after, last: $last, before: $before) { nodes { name articleCount } pageInfo { hasNextPage startCursor endCursor } } }`,
      variables,
    )
  ).data.tags;

it('lists the tags of published articles, the most used first', async () => {
  expect((await list()).nodes).toEqual([
    { name: '料理', articleCount: 3 },
    ...['AWS', 'カレー', 'パン', '旅行'].map((name) => ({ name, articleCount: 1 })),
  ]);
});

it('pages through them in both directions', async () => {
  const first = await list({ first: 2 });
  const second = await list({ first: 2, after: first.pageInfo.endCursor });
  const third = await list({ first: 2, after: second.pageInfo.endCursor });
  expect([first, second, third].map(({ nodes }) => nodes.map(({ name }) => name))).toEqual([
    ['料理', 'AWS'],
    ['カレー', 'パン'],
    ['旅行'],
  ]);
  expect(third.pageInfo.hasNextPage).toBe(false);
  expect((await list({ last: 2, before: third.pageInfo.startCursor })).nodes).toEqual(second.nodes);
});

it('finds one by name, whatever its case, with its articles and their number', async () => {
  const { data } = await blog.ask(
    '{ tag(name: "ａｗｓ") { name articleCount articles { nodes { title } } } missing: tag(name: "なし") { id } }',
  );
  expect(data).toEqual({
    tag: { name: 'AWS', articleCount: 1, articles: { nodes: [{ title: 'AWS' }] } },
    missing: null,
  });
});
