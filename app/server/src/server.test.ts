import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Blog } from '../test/blog.ts';
import { createTestDatabase, type TestDatabase } from '../test/database.ts';
import { freePort } from '../test/postgres.ts';
import { TcpProxy } from '../test/tcp-proxy.ts';

const LIST = '{ articles { nodes { id } } }';
const WRITE = 'mutation { updateProfile(input: { name: "花子" }) { me { name } } }';
const AWAY = 'ただいまデータベースに接続できません。少し待ってからもう一度お試しください。';

describe('while the database is away', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let blog: Blog;
  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await TcpProxy.before(database.url);
    blog = await Blog.start({ DATABASE_URL: proxy.through(database.url) });
  });
  afterAll(async () => {
    await blog.stop();
    proxy.stop();
    await database.drop();
  });
  afterEach(() => proxy.mend());

  const expectAway = async () => {
    const [list, write, ready] = await Promise.all([
      blog.ask(LIST),
      blog.ask(WRITE, {}, 'hanako'),
      blog.fetch('/ready'),
    ]);
    for (const answer of [list, write]) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('5');
      expect(answer.errors).toMatchObject([{ message: AWAY, extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    }
    expect(await ready.json()).toEqual({ status: 'database-unavailable' });
    expect((await blog.fetch('/health')).status).toBe(200);
  };

  it('answers 503 with a sentence, stays healthy, and goes on when it is back', async () => {
    expect((await blog.ask(LIST)).status).toBe(200);
    proxy.cut();
    await expectAway();
    proxy.mend();
    expect((await blog.ask(LIST)).status).toBe(200);
    expect((await blog.ask(WRITE, {}, 'hanako')).data).toMatchObject({ updateProfile: { me: { name: '花子' } } });
    expect((await blog.fetch('/ready')).status).toBe(200);
  });

  it('ends the wait when the network swallows everything', async () => {
    await vi.waitFor(async () => expect((await blog.ask(LIST)).status).toBe(200));
    proxy.silence();
    await expectAway();
    proxy.mend();
    await vi.waitFor(async () => expect((await blog.ask(LIST)).status).toBe(200));
  }, 60_000);

  it('survives connections ended by an administrator', async () => {
    await vi.waitFor(async () => expect((await blog.ask(LIST)).status).toBe(200));
    await database.client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'blog-aws-practice-server' AND datname = current_database()`,
    );
    await vi.waitFor(async () => expect((await blog.ask(LIST)).status).toBe(200));
  });

  it('shows and logs no password', () => {
    expect(blog.logged.join('')).not.toContain('blogpassword');
  });
});

describe('connections', () => {
  let blog: Blog;
  beforeAll(async () => {
    blog = await Blog.start();
  });
  afterAll(() => blog.stop());

  it('to the database are never more than five, whatever comes', async () => {
    const { client } = blog.database;
    await client.query('BEGIN; LOCK TABLE "Article" IN ACCESS EXCLUSIVE MODE');
    const answers = Array.from({ length: 30 }, () => blog.ask(LIST));
    const waiting = async () => {
      // Within a transaction the view would stand still.
      await client.query('SELECT pg_stat_clear_snapshot()');
      const { rows } = await client.query<{ count: number }>(
        `SELECT count(*)::int FROM pg_stat_activity WHERE application_name = 'blog-aws-practice-server' AND datname = current_database()`,
      );
      return rows[0]?.count;
    };
    await vi.waitFor(async () => expect(await waiting()).toBe(5));
    await client.query('COMMIT');
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 200));
    expect(await waiting()).toBe(5);
  });

  it('to clients outlive the load balancer’s idle time', async () => {
    const { headers } = await blog.fetch('/health');
    expect(headers.get('keep-alive')).toBe('timeout=65');
  });

  it('are ready only when every migration is there', async () => {
    expect(await (await blog.fetch('/ready')).json()).toEqual({ status: 'ready' });
    await blog.database.client.query(
      "UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%init'",
    );
    const pending = await blog.fetch('/ready');
    expect(pending.status).toBe(503);
    expect(await pending.json()).toEqual({ status: 'migrations-pending', missing: ['20261123000000_init'] });
    await blog.database.client.query('DROP TABLE _prisma_migrations');
    expect(await (await blog.fetch('/ready')).json()).toMatchObject({ status: 'migrations-pending' });
  });
});

describe('what nobody foresaw', () => {
  it('shows one neutral sentence with the request id, and logs the reason under it', async () => {
    const blog = await Blog.start();
    try {
      await blog.database.client.query('ALTER TABLE "Article" RENAME COLUMN title TO secret_title');
      const { status, headers, errors } = await blog.ask('{ articles { nodes { title } } }');
      expect(status).toBe(500);
      expect(errors?.[0]).toMatchObject({
        message: 'サーバーで問題が起きました。時間をおいてもう一度お試しください。',
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      });
      const line = blog.logged.find((text) => text.includes('"unexpected"'));
      expect(line).toContain(headers.get('x-request-id'));
      expect(line).toContain('a.title does not exist');
    } finally {
      await blog.stop();
    }
  });
});

describe('the process', () => {
  let database: TestDatabase;
  let child: ChildProcess;
  let output: string;
  beforeEach(async () => {
    database = await createTestDatabase();
    output = '';
  });
  afterEach(async () => {
    child.kill('SIGKILL');
    await database.drop();
  });

  const run = (env: Record<string, string>) => {
    child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  };
  const start = async (env: Record<string, string> = {}) => {
    const port = await freePort();
    run({
      PORT: String(port),
      DATABASE_URL: database.url,
      CORS_ORIGIN: 'http://localhost:3000',
      SUPABASE_URL: 'http://localhost:54321',
      ...env,
    });
    const origin = `http://127.0.0.1:${port}`;
    await vi.waitFor(async () => expect((await fetch(`${origin}/health`)).status).toBe(200), { timeout: 20_000 });
    return origin;
  };
  const ended = async () => child.exitCode ?? ((await once(child, 'exit')) as [number | null])[0];

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s answers what is in flight, refuses what is new, and ends with 0',
    async (signal) => {
      const origin = await start();
      await database.client.query('BEGIN; LOCK TABLE "Tag" IN ACCESS EXCLUSIVE MODE');
      const inFlight = fetch(`${origin}/graphql?query={tags{nodes{name}}}`, {
        headers: { 'apollo-require-preflight': '1' },
      });
      await vi.waitFor(async () => {
        const { rowCount } = await database.client.query(`SELECT 1 FROM pg_locks WHERE NOT granted`);
        expect(rowCount).toBe(1);
      });
      child.kill(signal);
      await vi.waitFor(
        () => expect(fetch(`${origin}/health`, { headers: { connection: 'close' } })).rejects.toThrow(),
        { timeout: 10_000 },
      );
      expect(child.exitCode).toBeNull();
      await database.client.query('COMMIT');
      const response = await inFlight;
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ data: { tags: { nodes: [] } } });
      expect(await ended()).toBe(0);
      expect(output).toContain('"stopping"');
    },
  );

  it('does not wait for a request for ever', async () => {
    const origin = await start({ SHUTDOWN_TIMEOUT_MS: '300' });
    await database.client.query('BEGIN; LOCK TABLE "Tag" IN ACCESS EXCLUSIVE MODE');
    const inFlight = fetch(`${origin}/graphql?query={tags{nodes{name}}}`, {
      headers: { 'apollo-require-preflight': '1' },
    }).catch(() => 'cut');
    await vi.waitFor(async () => {
      const { rowCount } = await database.client.query(`SELECT 1 FROM pg_locks WHERE NOT granted`);
      expect(rowCount).toBe(1);
    });
    child.kill('SIGTERM');
    expect(await inFlight).toBe('cut');
    await database.client.query('ROLLBACK');
    expect(await ended()).toBe(0);
  });

  it('ends with its parent: when its standard input closes', async () => {
    await start();
    child.stdin?.end();
    expect(await ended()).toBe(0);
  });

  it('in production does not mind its standard input', async () => {
    const origin = await start({ NODE_ENV: 'production', HOST: '127.0.0.1' });
    child.stdin?.end();
    expect((await fetch(`${origin}/health`)).status).toBe(200);
    expect(child.exitCode).toBeNull();
  });

  it('becomes healthy within seconds though the database never answers', async () => {
    const proxy = await TcpProxy.before(database.url);
    proxy.silence();
    const origin = await start({ DATABASE_URL: proxy.through(database.url) });
    expect((await fetch(`${origin}/health`)).status).toBe(200);
    proxy.stop();
  });

  it('names every missing setting at once', async () => {
    run({});
    expect(await ended()).toBe(1);
    for (const name of ['DATABASE_URL', 'CORS_ORIGIN', 'SUPABASE_URL']) expect(output).toContain(`${name}: 必要です`);
    expect(output).not.toContain('    at ');
  });

  it('says which port is taken', async () => {
    const origin = await start();
    const first = child;
    const { port } = new URL(origin);
    run({
      PORT: port,
      DATABASE_URL: database.url,
      CORS_ORIGIN: 'http://localhost:3000',
      SUPABASE_URL: 'http://localhost:54321',
    });
    expect(await ended()).toBe(1);
    expect(output).toContain(`ポート ${port} は別のプログラムが使っています`);
    first.kill('SIGKILL');
  });
});
