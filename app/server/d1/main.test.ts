import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { excerptOf } from '../src/schema/article/excerpt.ts';
import { createTestDatabase, type TestDatabase } from '../test/database.ts';
import { freePort } from '../test/postgres.ts';

const server = resolve(import.meta.dirname, '..');
const before = resolve(server, '../../chapters/chapter-1/before/packages/backend');

const FAMILY = '家族の絵文字👨‍👩‍👧、サロゲートペア𠮷、結合文字がとか\u3099';
const CODE = 'console.log("a\\nb\\r");\r\n`$1` \\ \'quoted\' "double"; -- not a comment\n';

/** The name that wrangler.toml gives the old blog's database. */
let database: string;
let folder: string;
/** The real local D1 of the old blog, and what the real wrangler exports from it. */
let d1: { writer: DatabaseSync; file: string; plain: string; noted: string };

let target: TestDatabase;
let url: string;
let blog: pg.Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migrate-d1-test-'));
  d1 = await makeD1(join(folder, 'd1'));
});

afterAll(async () => {
  d1?.writer.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  target = await createTestDatabase();
  url = target.url;
  blog = target.client;
});

afterEach(() => target.drop());

function wrangler(cwd: string, ...args: string[]) {
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', XDG_CONFIG_HOME: folder, CI: '1' };
  return promisify(execFile)(join(before, 'node_modules/.bin/wrangler'), ['d1', ...args, '--local'], { cwd, env });
}

/** A D1 with all that can be lost on the way, exported without and with the notes of before-export.sql. */
async function makeD1(home: string) {
  await mkdir(home);
  for (const part of ['wrangler.toml', 'migrations', 'seed.sql'])
    await cp(join(before, part), join(home, part), { recursive: true });
  const config = await readFile(join(home, 'wrangler.toml'), 'utf8');
  database = /database_name = "(.+)"/.exec(config)?.[1] ?? 'missing';
  await wrangler(home, 'migrations', 'apply', database);
  await wrangler(home, 'execute', database, '--file', 'seed.sql');
  const state = join(home, '.wrangler/state/v3/d1/miniflare-D1DatabaseObject');
  const names = await readdir(state);
  const file = join(state, names.find((entry) => /^[0-9a-f]{64}\.sqlite$/.test(entry)) ?? 'missing');
  // Stays open, like a blog that still runs, so that the newest rows are in the write-ahead file.
  const writer = new DatabaseSync(file);
  writer
    .prepare(
      `INSERT INTO "Article" ("id", "title", "content", "published", "authorId", "createdAt", "updatedAt") VALUES
        (10, ?, ?, true, 1, '2026-11-23T17:47:52.115+00:00', '2026-11-23T17:47:53.116+00:00'),
        (11, '消える記事', '', false, 2, '2026-11-23 17:47:33', '2026-11-23T17:47:52.115+00:00'),
        (12, '消した記事', '', false, 2, '2026-11-23 17:47:33', '2026-11-23T17:47:52.115+00:00')`,
    )
    .run(FAMILY, CODE);
  // Its id must not be given again.
  writer.exec('DELETE FROM "Article" WHERE "id" = 12');
  await wrangler(home, 'export', database, '--output', 'plain.sql');
  await wrangler(home, 'execute', database, '--file', join(server, 'd1/before-export.sql'));
  await wrangler(home, 'export', database, '--output', 'noted.sql');
  return { writer, file, plain: join(home, 'plain.sql'), noted: join(home, 'noted.sql') };
}

interface Outcome {
  code: number | null;
  out: string;
  err: string;
}

async function migrate(...args: string[]): Promise<Outcome> {
  return migrateTo(url, ...args);
}

async function migrateTo(to: string, ...args: string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [join(server, 'd1/main.ts'), ...args], {
    env: { ...process.env, DATABASE_URL: to },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const outcome: Outcome = { code: null, out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    outcome.out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    outcome.err += chunk;
  });
  await once(child, 'close');
  return { ...outcome, code: child.exitCode };
}

/** All rows of the blog, to see whether anything changed. */
async function everything() {
  const rows: unknown[] = [];
  for (const table of ['User', 'Tag', 'Article', 'ArticleTag', 'Comment'])
    rows.push((await blog.query(`SELECT * FROM "${table}" ORDER BY 1, 2`)).rows);
  return rows;
}

const EMPTY = [[], [], [], [], []];

describe('migrate:d1', () => {
  it.each(['file', 'noted'] as const)('moves every value as it was (%s)', async (kind) => {
    const { code, out, err } = await migrate(d1[kind]);
    expect(err).not.toContain('注意');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/Article\s+5 行 {2}sha256/) });
    const { rows } = await blog.query(
      'SELECT id, title, body, excerpt, "publishedAt", "createdAt", "updatedAt", "authorId" FROM "Article" WHERE id >= 10 ORDER BY id',
    );
    expect(rows).toEqual([
      {
        id: 10,
        title: FAMILY,
        body: CODE,
        excerpt: excerptOf(CODE),
        publishedAt: new Date('2026-11-23T17:47:52.115Z'),
        createdAt: new Date('2026-11-23T17:47:52.115Z'),
        updatedAt: new Date('2026-11-23T17:47:53.116Z'),
        authorId: 1,
      },
      {
        id: 11,
        title: '消える記事',
        body: '',
        excerpt: '',
        publishedAt: null,
        createdAt: new Date('2026-11-23T17:47:33Z'),
        updatedAt: new Date('2026-11-23T17:47:52.115Z'),
        authorId: 2,
      },
    ]);
    const users = await blog.query('SELECT id, name, email FROM "User" ORDER BY id');
    expect(users.rows).toEqual([
      { id: 1, name: '山田 花子', email: 'hanako@example.com' },
      { id: 2, name: null, email: 'taro@example.com' },
    ]);
    const tags = await blog.query(
      'SELECT t.name FROM "ArticleTag" a JOIN "Tag" t ON t.id = a."tagId" WHERE a."articleId" = 2 ORDER BY t.id',
    );
    expect(tags.rows).toEqual([{ name: 'Cloudflare' }, { name: '暮らし' }]);
  });

  it('lets the next row follow the highest id that D1 ever gave', async () => {
    await migrate(d1.noted);
    const { rows } = await blog.query(
      `INSERT INTO "Article" (title, body, "authorId", "updatedAt") VALUES ('次', '', 1, now()) RETURNING id`,
    );
    expect(rows).toEqual([{ id: 13 }]);
  });

  it('warns where wrangler has written a backslash and an n like a line break, and tells them apart from the notes', async () => {
    const { code, err } = await migrate(d1.plain);
    expect(code).toBe(0);
    expect(err).toContain('before-export.sql');
    const different = await migrate(d1.file, '--compare');
    expect(different.code).toBe(1);
    expect(different.err).toContain('Article の id = 10 の行が、D1 と PostgreSQL で違います。');
  });

  it('refuses a database with rows, and replaces them only when told', async () => {
    await migrate(d1.noted);
    await blog.query(`UPDATE "Article" SET title = '移したあとで直した' WHERE id = 1`);
    const refused = await migrate(d1.noted);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('移す先の User に、もう 2 行あります') });
    expect((await everything())[2]).toMatchObject([{ title: '移したあとで直した' }, {}, {}, {}, {}]);
    expect(await migrate(d1.noted, '--replace')).toMatchObject({ code: 0 });
    expect((await everything())[2]).toMatchObject([{ title: 'Workers でブログを始めました' }, {}, {}, {}, {}]);
    expect(await migrate(d1.noted, '--compare')).toMatchObject({ code: 0, out: expect.stringContaining('同じです') });
  });

  it('takes everything back after a dry run', async () => {
    expect(await migrate(d1.noted, '--dry-run')).toMatchObject({ code: 0, out: expect.stringContaining('予行は成功') });
    expect(await everything()).toEqual(EMPTY);
    await blog.query(`INSERT INTO "Tag" (name) VALUES ('最初')`);
    expect((await blog.query('SELECT id FROM "Tag"')).rows).toEqual([{ id: 1 }]);
  });

  it('refuses an export cut off anywhere, and changes nothing', { timeout: 240_000 }, async () => {
    const dump = await readFile(d1.noted);
    const ends = [...dump.toString('latin1').matchAll(/;\n/g)].map(({ index }) => index + 1);
    const inside = Array.from({ length: 12 }, (_, step) => Math.floor((dump.length * step) / 12) + 1);
    const cut = join(folder, 'cut.sql');
    for (const end of [...ends.slice(0, -1).filter((_, index) => index % 4 === 0), ends.at(-2) ?? 0, ...inside, 0]) {
      await writeFile(cut, dump.subarray(0, end));
      const { code, err } = await migrate(cut);
      expect({ end, code, sentences: err.trim().split('\n') }).toEqual({
        end,
        code: 1,
        sentences: [...err.trim().split('\n').slice(0, -1), expect.stringMatching(/。PostgreSQL は元のままです。$/)],
      });
      expect(err).not.toMatch(/\n\s+at /);
    }
    expect(await everything()).toEqual(EMPTY);
  });

  it('refuses a cut-off D1 file and one without its write-ahead file', async () => {
    const copy = join(folder, 'copy.sqlite');
    const bytes = await readFile(d1.file);
    await writeFile(copy, bytes);
    expect(await migrate(copy)).toMatchObject({ code: 1, err: expect.stringContaining('copy.sqlite-wal がない') });
    const whole = new DatabaseSync(d1.file);
    const closed = join(folder, 'closed.sqlite');
    whole.exec(`VACUUM INTO '${closed}'`);
    whole.close();
    expect(await migrate(closed, '--dry-run')).toMatchObject({ code: 0 });
    await writeFile(copy, (await readFile(closed)).subarray(0, 8192));
    expect(await migrate(copy)).toMatchObject({ code: 1, err: expect.stringContaining('壊れています') });
    expect(await everything()).toEqual(EMPTY);
  });

  it.each([
    ['a missing file', null, 'が見つかりません'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe]), 'SQLite のファイルでもありません'],
    ['a page of HTML', '<html>Not found</html>', 'SQL の文が1つもありません'],
    ['another database', 'CREATE TABLE wp_posts (id INTEGER);', '移行前のブログのデータベースではありません'],
    ["PostgreSQL's dump", 'SET statement_timeout = 0;\nSELECT 1;', 'SQLite の SQL として読めません'],
    ['a dump that reaches for other files', "ATTACH '/tmp/other.sqlite' AS other;", 'SQLite の SQL として読めません'],
  ])('refuses %s in one sentence', async (_, content, sentence) => {
    const file = join(folder, 'foreign');
    await rm(file, { force: true });
    if (content !== null) await writeFile(file, content);
    const { code, err } = await migrate(file);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(sentence) });
    expect(err.trim().split('\n').at(-1)).toContain(sentence);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it.each([
    [
      'a date that is none',
      `UPDATE "Article" SET "createdAt" = '2026-02-30 00:00:00' WHERE id = 2`,
      'id = 2 の行で、createdAt を日時',
    ],
    ['a column of its own', 'ALTER TABLE "Article" ADD "slug" TEXT DEFAULT \'x\'', 'Article の列 slug の移し方'],
    ['a table of its own', 'CREATE TABLE "Like" (id INTEGER); INSERT INTO "Like" VALUES (1)', 'テーブル Like の移し方'],
    ['a lost author', 'PRAGMA foreign_keys = OFF; DELETE FROM "User" WHERE id = 1', 'ない User を指しています'],
    ['a row less than was counted', 'DELETE FROM "Comment"', '書き出す前に D1 の中で数えた値と違います'],
    [
      'no rows at all',
      'DELETE FROM "Comment"; DELETE FROM "Article"; DELETE FROM "User"; DELETE FROM "Tag"',
      '--no-data',
    ],
    ['two tags that are one now', `INSERT INTO "Tag" (name) VALUES ('graphql')`, '(lower(name))=(graphql)'],
    ['a NUL character', `UPDATE "Tag" SET name = 'a' || char(0) || 'b' WHERE id = 1`, 'NUL 文字'],
  ])('refuses a blog with %s, naming it', async (_, change, sentence) => {
    const file = join(folder, 'changed.sqlite');
    await rm(file, { force: true });
    const whole = new DatabaseSync(d1.file);
    whole.exec(`VACUUM INTO '${file}'`);
    whole.close();
    const changed = new DatabaseSync(file);
    changed.exec(change);
    changed.close();
    expect(await migrate(file)).toMatchObject({ code: 1, err: expect.stringContaining(sentence) });
    expect(await everything()).toEqual(EMPTY);
  });

  it('says what is wrong with the target, without its password', async () => {
    const nobody = new URL(url);
    nobody.password = 'wrong-secret';
    const away = new URL(url);
    away.port = String(await freePort());
    for (const [to, exit, sentence] of [
      [nobody.href, 1, 'パスワードが違います'],
      [away.href, 1, 'つながりません'],
      [target.adminUrl, 1, '先にマイグレーション'],
      ['mysql://user:secret@localhost/blog', 64, 'postgresql:// で始めて'],
    ] as const) {
      const { code, err } = await migrateTo(to, d1.noted);
      expect({ code, err }).toEqual({ code: exit, err: expect.stringContaining(sentence) });
      expect(err).not.toMatch(/wrong-secret|user:secret|\n\s+at /);
    }
  });

  it('takes a presigned URL, and keeps its signature out of the messages', async () => {
    const s3 = createServer(async (request, response) => {
      if (request.url?.endsWith('X-Amz-Signature=good')) response.end(await readFile(d1.noted));
      else response.writeHead(403).end();
    }).listen(0, '127.0.0.1');
    await once(s3, 'listening');
    const address = s3.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const at = `http://127.0.0.1:${address.port}/d1.sql?X-Amz-Signature=`;
    try {
      const expired = await migrate(`${at}expired`);
      expect(expired).toMatchObject({ code: 1, err: expect.stringContaining('HTTP 403') });
      expect(expired.err).not.toContain('Signature');
      expect(await migrate(`${at}good`)).toMatchObject({ code: 0 });
    } finally {
      s3.close();
    }
  });

  it.each([
    [[], '移すファイルを指定してください'],
    [['a.sql', 'b.sql'], '1 つだけ'],
    [['a.sql', '--force'], '--force という指定はありません'],
    [['a.sql', '--compare', '--replace'], '一緒に使えません'],
  ])('answers a wrong command line %j with its usage and 64', async (args, sentence) => {
    expect(await migrate(...args)).toMatchObject({ code: 64, err: expect.stringContaining(sentence) });
  });

  it('moves 100,000 rows in little memory, says how far it is, and can be interrupted', {
    timeout: 240_000,
  }, async () => {
    const file = join(folder, 'large.sqlite');
    const whole = new DatabaseSync(d1.file);
    whole.exec(`VACUUM INTO '${file}'`);
    whole.close();
    const large = new DatabaseSync(file);
    large.exec(`DROP TABLE "_export_counts"; DROP TABLE "_export_exact";
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
      INSERT INTO "Comment" ("content", "articleId", "authorId", "createdAt")
      SELECT 'コメント' || i || '🍣', 1, 1 + i % 2, iif(i % 2, '2026-01-01 00:00:00', '2026-01-01T00:00:00.001+00:00') FROM n`);
    large.close();

    const interrupted = spawn(process.execPath, [join(server, 'd1/main.ts'), file], {
      env: { ...process.env, DATABASE_URL: url },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    let asked = false;
    interrupted.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      if (!asked && said.includes('移しています Comment')) asked = interrupted.kill('SIGINT');
    });
    await once(interrupted, 'close');
    expect({ code: interrupted.exitCode, said }).toEqual({ code: 130, said: expect.stringContaining('中断しました') });
    expect(await everything()).toEqual(EMPTY);

    const { code, out, err } = await migrate(file);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('100,001 行') });
    expect(err).toMatch(/移しています Comment [\d,]+ \/ 100,001 行/);
    const { rows } = await blog.query(
      'SELECT "createdAt", count(*)::integer AS n FROM "Comment" WHERE id > 1 GROUP BY 1 ORDER BY 1',
    );
    expect(rows).toEqual([
      { createdAt: new Date('2026-01-01T00:00:00Z'), n: 50_000 },
      { createdAt: new Date('2026-01-01T00:00:00.001Z'), n: 50_000 },
    ]);
  });
});
