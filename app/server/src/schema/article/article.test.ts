import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Blog } from '../../../test/blog.ts';

let blog: Blog;
beforeAll(async () => {
  blog = await Blog.start();
});
afterAll(() => blog.stop());

interface Page {
  nodes: { id: string; title: string }[];
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const LIST = `query ($first: Int, $after: String, $last: Int, $before: String, $tag: String, $authorId: ID, $search: String) {
  articles(first: $first, after: $after, last: $last, before: $before, tag: $tag, authorId: $authorId, search: $search) {
    nodes { id title } edges { cursor }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

async function list(variables: Record<string, unknown> = {}): Promise<Page> {
  const { data, errors } = await blog.ask<{ articles: Page }>(LIST, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.articles;
}

const titles = (page: Page) => page.nodes.map(({ title }) => title);

describe('paging through the articles', () => {
  const tag = 'paging';
  const all = ['7', '6', '5', '4', '3', '2', '1'];

  beforeAll(async () => {
    const ids = [];
    for (const title of all.toReversed()) ids.push(await blog.write('pager', { title, tags: [tag] }));
    // Several published at the very same time: the id decides, and none may be lost at the border of a page.
    await blog.database.client.query(`UPDATE "Article" SET "publishedAt" = '2026-01-01' WHERE id = ANY ($1)`, [
      ids.slice(1, 5),
    ]);
    await blog.database.client.query(`UPDATE "Article" SET "publishedAt" = '2025-01-01' WHERE id = $1`, [ids[0]]);
  });

  it('goes forward, newest first, without a gap or a double', async () => {
    const seen = [];
    let after: string | null = null;
    for (let pages = 1; ; pages += 1) {
      const page: Page = await list({ tag, first: 2, after });
      seen.push(...titles(page));
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
      if (!page.pageInfo.hasNextPage) {
        expect(pages).toBe(4);
        break;
      }
      after = page.pageInfo.endCursor;
    }
    expect(seen).toEqual(all);
  });

  it('goes backward over the same pages, each still newest first', async () => {
    const last = await list({ tag, last: 2 });
    expect(titles(last)).toEqual(['2', '1']);
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const before = await list({ tag, last: 4, before: last.pageInfo.startCursor });
    expect(titles(before)).toEqual(['6', '5', '4', '3']);
    expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  });

  it('gives each entry the cursor that continues after it', async () => {
    const page = await list({ tag, first: 5 });
    expect(titles(await list({ tag, first: 2, after: page.edges[2]?.cursor }))).toEqual(['4', '3']);
  });

  it('stays put when something new is published in between', async () => {
    const page = await list({ tag, first: 2 });
    await blog.write('pager', { title: 'new', tags: [tag] });
    expect(titles(await list({ tag, first: 2, after: page.pageInfo.endCursor }))).toEqual(['5', '4']);
  });

  it('is empty, not an error, beyond the end', async () => {
    const { pageInfo } = await list({ tag, last: 1 });
    const page = await list({ tag, after: pageInfo.endCursor });
    expect(page.nodes).toEqual([]);
    expect(page.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null });
  });

  it.each([
    [{ first: 0 }, 'first は 1 から 100 まで'],
    [{ first: 101 }, 'first は 1 から 100 まで'],
    [{ last: -1 }, 'last は 1 から 100 まで'],
    [{ first: 1, last: 1 }, '同時に指定できません'],
    [{ after: 'x', before: 'x' }, '同時に指定できません'],
    [{ after: 'x', last: 1 }, 'after は first と'],
    [{ after: 'garbage' }, 'カーソルが正しくありません'],
    [{ after: Buffer.from('["2026-01-01T00:00:00Z"]').toString('base64url') }, 'カーソルが正しくありません'],
    [{ after: Buffer.from(`["2026-01-01T00:00:00Z","1; DROP"]`).toString('base64url') }, 'カーソルが正しくありません'],
    [{ search: 'あ'.repeat(101) }, '100 文字まで'],
  ])('refuses %j with a sentence', async (variables, sentence) => {
    const { status, errors } = await blog.ask(LIST, variables);
    expect(status).toBe(200);
    expect(errors?.[0]?.message).toContain(sentence);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('finding articles', () => {
  beforeAll(async () => {
    await blog.write('searcher', { title: '東京の朝', body: '山手線に乗って大阪へ行く前の日記。', tags: ['旅行'] });
    await blog.write('searcher', { title: '大阪の夜', body: 'ＡＷＳ の勉強会のあと、ｶﾚｰを食べた。' });
    await blog.write('searcher', { title: '京の都', body: '東の空が白む。100% の晴れ。' });
    await blog.write('searcher', { title: '東京の下書き', publish: false });
  });

  it.each([
    ['東京', ['東京の朝']],
    ['大阪', ['大阪の夜', '東京の朝']],
    ['山手線', ['東京の朝']],
    ['京都', []],
    ['夜', ['大阪の夜']],
    ['aws', ['大阪の夜']],
    ['カレー', ['大阪の夜']],
    ['東京　大阪', ['東京の朝']],
    ['100%', ['京の都']],
    ['%', ['京の都']],
    ['_', []],
    ["'; DROP TABLE", []],
    ['\u0000', ['京の都', '大阪の夜', '東京の朝']],
  ])('finds %j in title or body, in published articles only', async (search, expected) => {
    const author = await blog.ask<{ me: { id: string } }>('{ me { id } }', {}, 'searcher');
    expect(titles(await list({ search, authorId: author.data.me.id }))).toEqual(expected);
  });

  it('uses the index for two characters', async () => {
    await blog.database.client.query('SET enable_seqscan = off');
    const { rows } = await blog.database.client.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT id FROM "Article" WHERE search_grams(title || E'\\n' || body, 1) COLLATE "C" @> search_grams('東京', 2)`,
    );
    await blog.database.client.query('RESET enable_seqscan');
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('Article_search_idx');
  });

  it('finds by tag whatever its case, and by author', async () => {
    await blog.write('tagger', { title: 'tagged', tags: ['GraphQL'] });
    expect(titles(await list({ tag: 'graphql' }))).toEqual(['tagged']);
    expect(titles(await list({ tag: 'no such tag' }))).toEqual([]);
    expect(titles(await list({ authorId: 'not-a-number' }))).toEqual([]);
    expect(titles(await list({ authorId: '99999999999' }))).toEqual([]);
  });
});

describe('what one statement reads', () => {
  it('gets twenty articles with authors and tags by one statement', async () => {
    const statements = await countStatements(() =>
      blog.ask(
        '{ articles(first: 20) { nodes { id title excerpt publishedAt author { id name } tags { id name } } } }',
      ),
    );
    expect(statements).toBe(1);
  });

  it('gets the articles of all authors of a page by one more', async () => {
    const statements = await countStatements(() =>
      blog.ask('{ articles(first: 5) { nodes { author { articles(first: 3) { nodes { title tags { name } } } } } } }'),
    );
    expect(statements).toBe(2);
  });

  it('gets the comments of a page by one more', async () => {
    const statements = await countStatements(() =>
      blog.ask('{ articles(first: 5) { nodes { comments(first: 3) { nodes { body author { name } } } } } }'),
    );
    expect(statements).toBe(2);
  });

  /** All statements go through the one pool. */
  async function countStatements(run: () => Promise<{ errors?: unknown }>): Promise<number> {
    const query = pg.Pool.prototype.query;
    let count = 0;
    pg.Pool.prototype.query = function counted(this: unknown, ...args: unknown[]) {
      count += 1;
      return Reflect.apply(query, this, args);
    } as typeof query;
    try {
      const { errors } = await run();
      expect(errors).toBeUndefined();
    } finally {
      pg.Pool.prototype.query = query;
    }
    return count;
  }
});
