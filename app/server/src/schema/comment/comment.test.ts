import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Blog } from '../../../test/blog.ts';

let blog: Blog;
let articleId: string;
beforeAll(async () => {
  blog = await Blog.start();
});
afterAll(() => blog.stop());
beforeEach(async () => {
  articleId = await blog.write('author', { title: '記事' });
});

interface Added {
  comment: { id: string; body: string; author: { name: string }; article: { commentCount: number } } | null;
  errors: { code: string; field: string | null }[];
}
interface Deleted {
  deletedCommentId: string | null;
  article: { commentCount: number } | null;
  errors: { code: string }[];
}

const add = async (body: string, as?: string, to = articleId): Promise<Added> =>
  (
    await blog.ask<{ addComment: Added }>(
      `mutation ($to: ID!, $body: String!) { addComment(input: { articleId: $to, body: $body }) {
      comment { id body author { name } article { commentCount } } errors { code field } } }`,
      { to, body },
      as,
    )
  ).data.addComment;
const remove = async (id: string | undefined, as?: string): Promise<Deleted> =>
  (
    await blog.ask<{ deleteComment: Deleted }>(
      'mutation ($id: ID!) { deleteComment(id: $id) { deletedCommentId article { commentCount } errors { code } } }',
      { id },
      as,
    )
  ).data.deleteComment;

describe('a comment', () => {
  it('is added to a published article and counted', async () => {
    expect(await add(' こんにちは\r\n👋 ', 'reader')).toEqual({
      comment: {
        id: expect.any(String),
        body: 'こんにちは\n👋',
        author: { name: '名無しさん' },
        article: { commentCount: 1 },
      },
      errors: [],
    });
  });

  it.each(['', '   ', 'あ'.repeat(2_001)])('must say something, and not too much', async (body) => {
    expect(await add(body, 'reader')).toEqual({
      comment: null,
      errors: [{ code: 'VALIDATION_FAILED', field: 'body' }],
    });
  });

  it('needs a sign-in and a published article', async () => {
    expect((await add('a')).errors).toMatchObject([{ code: 'NOT_SIGNED_IN' }]);
    expect((await add('a', 'reader', '999999')).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const draft = await blog.write('author', { title: '下書き', publish: false });
    expect((await add('a', 'author', draft)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('is deleted by who wrote it or whose article it is, by nobody else', async () => {
    const [first, second] = [await add('1', 'reader'), await add('2', 'reader')];
    expect((await remove(first.comment?.id, 'stranger')).errors).toMatchObject([{ code: 'NOT_YOURS' }]);
    expect((await remove(first.comment?.id)).errors).toMatchObject([{ code: 'NOT_SIGNED_IN' }]);
    expect(await remove(first.comment?.id, 'reader')).toEqual({
      deletedCommentId: first.comment?.id,
      article: { commentCount: 1 },
      errors: [],
    });
    expect(await remove(second.comment?.id, 'author')).toEqual({
      deletedCommentId: second.comment?.id,
      article: { commentCount: 0 },
      errors: [],
    });
    expect((await remove(second.comment?.id, 'author')).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('tells who may delete it', async () => {
    await add('1', 'reader');
    const may = async (as?: string) =>
      (
        await blog.ask<{ article: { comments: { nodes: { viewerCanDelete: boolean }[] } } }>(
          'query ($id: ID!) { article(id: $id) { comments { nodes { viewerCanDelete } } } }',
          { id: articleId },
          as,
        )
      ).data.article.comments.nodes[0]?.viewerCanDelete;
    expect([await may('reader'), await may('author'), await may('stranger'), await may()]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

it('pages through comments, the oldest first, in both directions', async () => {
  for (const body of ['1', '2', '3', '4', '5']) await add(body, 'reader');
  // All at one moment: the id decides.
  await blog.database.client.query(`UPDATE "Comment" SET "createdAt" = '2026-01-01' WHERE "articleId" = $1`, [
    articleId,
  ]);
  const page = async (variables: Record<string, unknown>) =>
    (
      await blog.ask<{
        article: {
          comments: {
            nodes: { body: string }[];
            pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
          };
        };
      }>(
        `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { article(id: $id) {
        comments(first: $first, after: $after, last: $last, before: $before) { nodes { body } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
        { id: articleId, ...variables },
      )
    ).data.article.comments;
  const bodies = ({ nodes }: { nodes: { body: string }[] }) => nodes.map(({ body }) => body).join('');
  const first = await page({ first: 2 });
  expect(bodies(first)).toBe('12');
  const second = await page({ first: 2, after: first.pageInfo.endCursor });
  expect(bodies(second)).toBe('34');
  const last = await page({ last: 2 });
  expect(bodies(last)).toBe('45');
  expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  expect(bodies(await page({ last: 10, before: last.pageInfo.startCursor }))).toBe('123');
});
