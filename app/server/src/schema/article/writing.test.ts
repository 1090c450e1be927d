import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Blog } from '../../../test/blog.ts';

let blog: Blog;
beforeAll(async () => {
  blog = await Blog.start();
});
afterAll(() => blog.stop());

interface Payload {
  article?: {
    id: string;
    title: string;
    body: string;
    excerpt: string;
    publishedAt: string | null;
    tags: { name: string }[];
  } | null;
  deletedArticleId?: string | null;
  errors: { code: string; message: string; field: string | null }[];
}

const FIELDS = 'article { id title body excerpt publishedAt tags { name } } errors { code message field }';
const MUTATIONS = {
  createArticle: `mutation ($input: CreateArticleInput!) { createArticle(input: $input) { ${FIELDS} } }`,
  updateArticle: `mutation ($input: UpdateArticleInput!) { updateArticle(input: $input) { ${FIELDS} } }`,
  publishArticle: `mutation ($id: ID!) { publishArticle(id: $id) { ${FIELDS} } }`,
  unpublishArticle: `mutation ($id: ID!) { unpublishArticle(id: $id) { ${FIELDS} } }`,
  deleteArticle: 'mutation ($id: ID!) { deleteArticle(id: $id) { deletedArticleId errors { code message field } } }',
};

async function run(name: keyof typeof MUTATIONS, variables: Record<string, unknown>, as?: string): Promise<Payload> {
  const { data, errors } = await blog.ask<Record<string, Payload>>(MUTATIONS[name], variables, as);
  if (errors) throw new Error(JSON.stringify(errors));
  return data[name] as Payload;
}

const visible = async (id: string, as?: string) =>
  (await blog.ask<{ article: { title: string } | null }>('query ($id: ID!) { article(id: $id) { title } }', { id }, as))
    .data.article;

describe('writing an article', () => {
  it('publishes it with its tags and an excerpt, at the top of the list', async () => {
    const body = '# 見出し\n\n**太字**の本文と[リンク](https://example.com)。\r\n\n```js\ncode\n```\n';
    const input = { title: '  題名  ', body, tags: ['AWS', 'aws', ' 料理 ', 'ＧｒａｐｈＱＬ'] };
    const { article, errors } = await run('createArticle', { input }, 'hanako');
    expect(errors).toEqual([]);
    expect(article).toMatchObject({ title: '題名', excerpt: '太字の本文とリンク。' });
    expect(article?.body).not.toContain('\r');
    expect(article?.tags.map(({ name }) => name.toLowerCase()).toSorted()).toEqual(['aws', 'graphql', '料理']);
    expect(Date.now() - Date.parse(article?.publishedAt ?? '')).toBeLessThan(60_000);
    const { data } = await blog.ask<{ articles: { nodes: { id: string }[] } }>(
      '{ articles(first: 1) { nodes { id } } }',
    );
    expect(data.articles.nodes[0]?.id).toBe(article?.id);
  });

  it('uses a tag that is there, whatever its case', async () => {
    await blog.write('hanako', { title: 'a', tags: ['PostgreSQL'] });
    const { article } = await run('createArticle', { input: { title: 'b', body: 'b', tags: ['postgresql'] } }, 'taro');
    expect(article?.tags).toEqual([{ name: 'PostgreSQL' }]);
  });

  it('says all that is wrong at once, by field', async () => {
    const input = { title: ' ', body: 'あ'.repeat(50_001), tags: ['1', '2', '3', '4', '5', '6'] };
    const { article, errors } = await run('createArticle', { input }, 'hanako');
    expect(article).toBeNull();
    expect(errors).toEqual([
      { code: 'VALIDATION_FAILED', field: 'title', message: '題名を入力してください。' },
      { code: 'VALIDATION_FAILED', field: 'body', message: '本文は 50,000 文字までです（今は 50,001 文字）。' },
      { code: 'VALIDATION_FAILED', field: 'tags', message: 'タグは 5 個までです。' },
    ]);
  });

  it.each([
    [{ title: '題'.repeat(121) }, 'title', '120 文字まで'],
    [{ title: 'a\u0000b' }, 'title', '使えない文字'],
    [{ body: '\ud800' }, 'body', '使えない文字'],
    [{ tags: ['あ'.repeat(31)] }, 'tags', '30 文字まで'],
    [{ tags: [''] }, 'tags', 'タグを入力してください'],
  ])('refuses %j', async (wrong, field, sentence) => {
    const { errors } = await run('createArticle', { input: { title: '題', body: '本', ...wrong } }, 'hanako');
    expect(errors).toMatchObject([{ code: 'VALIDATION_FAILED', field }]);
    expect(errors[0]?.message).toContain(sentence);
  });

  it('takes the longest that is allowed, in four-byte characters', async () => {
    const input = { title: '𠮷'.repeat(120), body: '👨‍👩‍👧𠮷'.repeat(8_000), tags: ['𠮷'.repeat(30)] };
    const { article, errors } = await run('createArticle', { input }, 'hanako');
    expect(errors).toEqual([]);
    expect(article?.title).toBe(input.title);
    expect(article?.body).toBe(input.body);
  });

  it('tells a visitor to sign in', async () => {
    const { article, errors } = await run('createArticle', { input: { title: '題', body: '本' } });
    expect(article).toBeNull();
    expect(errors).toEqual([{ code: 'NOT_SIGNED_IN', field: null, message: '記事を書くにはログインしてください。' }]);
  });
});

describe('a draft', () => {
  let id: string;
  beforeEach(async () => {
    id = await blog.write('hanako', { title: '下書き', publish: false });
  });

  it('is seen by its author only', async () => {
    expect(await visible(id, 'hanako')).toEqual({ title: '下書き' });
    expect(await visible(id, 'taro')).toBeNull();
    expect(await visible(id)).toBeNull();
    const { data } = await blog.ask<{ me: { drafts: { nodes: { id: string }[] } } }>(
      '{ me { drafts(first: 1) { nodes { id } } } }',
      {},
      'hanako',
    );
    expect(data.me.drafts.nodes).toEqual([{ id }]);
  });

  it('is as good as not there for others, whatever they try', async () => {
    for (const [name, variables] of [
      ['updateArticle', { input: { id, title: 'x' } }],
      ['publishArticle', { id }],
      ['unpublishArticle', { id }],
      ['deleteArticle', { id }],
    ] as const) {
      expect((await run(name, variables, 'taro')).errors, name).toMatchObject([{ code: 'NOT_FOUND' }]);
    }
    expect(await visible(id, 'hanako')).not.toBeNull();
  });

  it('is published once, and keeps that date', async () => {
    const first = await run('publishArticle', { id }, 'hanako');
    const again = await run('publishArticle', { id }, 'hanako');
    expect(first.article?.publishedAt).toBeTruthy();
    expect(again.article?.publishedAt).toBe(first.article?.publishedAt);
    expect(await visible(id)).not.toBeNull();
    expect((await run('unpublishArticle', { id }, 'hanako')).article?.publishedAt).toBeNull();
    expect(await visible(id)).toBeNull();
  });
});

describe('changing an article', () => {
  it('changes what is given, and nothing else', async () => {
    const id = await blog.write('hanako', { title: '前', body: '本文', tags: ['a', 'b'] });
    const title = await run('updateArticle', { input: { id, title: '後' } }, 'hanako');
    expect(title.article).toMatchObject({ title: '後', body: '本文', tags: [{ name: 'a' }, { name: 'b' }] });
    const rest = await run('updateArticle', { input: { id, body: '新しい本文', tags: ['c'] } }, 'hanako');
    expect(rest.article).toMatchObject({
      title: '後',
      body: '新しい本文',
      excerpt: '新しい本文',
      tags: [{ name: 'c' }],
    });
    expect((await run('updateArticle', { input: { id, tags: [] } }, 'hanako')).article?.tags).toEqual([]);
  });

  it('refuses what is wrong and changes nothing then', async () => {
    const id = await blog.write('hanako', { title: '前' });
    const { errors } = await run('updateArticle', { input: { id, title: '', body: '後' } }, 'hanako');
    expect(errors).toMatchObject([{ code: 'VALIDATION_FAILED', field: 'title' }]);
    const { data } = await blog.ask<{ article: unknown }>('query ($id: ID!) { article(id: $id) { title body } }', {
      id,
    });
    expect(data.article).toEqual({ title: '前', body: '本文です。' });
  });

  it('is for its author only: another is told so, a visitor is asked to sign in', async () => {
    const id = await blog.write('hanako', { title: '私の' });
    expect((await run('updateArticle', { input: { id, title: 'x' } }, 'taro')).errors).toMatchObject([
      { code: 'NOT_YOURS' },
    ]);
    expect((await run('deleteArticle', { id }, 'taro')).errors).toMatchObject([{ code: 'NOT_YOURS' }]);
    expect((await run('deleteArticle', { id })).errors).toMatchObject([{ code: 'NOT_SIGNED_IN' }]);
    expect(await visible(id)).toEqual({ title: '私の' });
  });

  it.each(['0', '-1', '999999', '99999999999', 'abc', '1 OR 1=1', ''])('finds no article %j', async (id) => {
    expect((await run('deleteArticle', { id }, 'hanako')).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await visible(id)).toBeNull();
  });

  it('deletes it with its comments', async () => {
    const id = await blog.write('hanako', { title: '消す', tags: ['x'] });
    await blog.ask(
      'mutation ($id: ID!) { addComment(input: { articleId: $id, body: "a" }) { errors { code } } }',
      { id },
      'taro',
    );
    expect(await run('deleteArticle', { id }, 'hanako')).toEqual({ deletedArticleId: id, errors: [] });
    const { rowCount } = await blog.database.client.query('SELECT 1 FROM "Comment" WHERE "articleId" = $1', [id]);
    expect(rowCount).toBe(0);
    expect((await run('deleteArticle', { id }, 'hanako')).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});

it('tells whether the viewer may edit', async () => {
  const id = await blog.write('hanako', { title: '誰の' });
  const canEdit = async (as?: string) =>
    (
      await blog.ask<{ article: { viewerCanEdit: boolean } }>(
        'query ($id: ID!) { article(id: $id) { viewerCanEdit } }',
        { id },
        as,
      )
    ).data.article.viewerCanEdit;
  expect([await canEdit('hanako'), await canEdit('taro'), await canEdit()]).toEqual([true, false, false]);
});
