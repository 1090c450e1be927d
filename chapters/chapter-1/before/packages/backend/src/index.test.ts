import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const backend = join(import.meta.dirname, '..');
const wrangler = join(backend, 'node_modules/.bin/wrangler');
const database = 'apollo-cloudflare-db';

let state: string;
let env: NodeJS.ProcessEnv;
let supabase: Server;
let supabaseUrl: string;
let sign: (claims: Record<string, unknown>) => Promise<string>;
let worker: ChildProcess;
let url: string;

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'before-'));
  env = { ...process.env, WRANGLER_SEND_METRICS: 'false', XDG_CONFIG_HOME: state, CI: '1' };
  for (const name of ['wrangler.toml', 'migrations', 'seed.sql'])
    await cp(join(backend, name), join(state, name), { recursive: true });
  await run('d1', 'migrations', 'apply', database, '--local');
  await run('d1', 'execute', database, '--local', '--file', 'seed.sql');

  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' }];
  supabase = createServer((_, response) => response.end(JSON.stringify({ keys }))).listen(0, '127.0.0.1');
  await once(supabase, 'listening');
  const address = supabase.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  supabaseUrl = `http://127.0.0.1:${address.port}`;
  sign = (claims) =>
    new SignJWT({ iss: `${supabaseUrl}/auth/v1`, aud: 'authenticated', role: 'authenticated', ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'test' })
      .setExpirationTime('1h')
      .sign(privateKey);

  const args = ['dev', '--port', '0', '--inspector-port', '0', '--persist-to', join(state, '.wrangler/state')];
  worker = spawn(wrangler, [...args, '--var', `SUPABASE_URL:${supabaseUrl}`], { cwd: backend, env });
  url = await ready(worker);
});

afterAll(async () => {
  if (worker?.exitCode === null) {
    worker.kill('SIGTERM');
    await once(worker, 'exit');
  }
  supabase?.close();
  await rm(state, { recursive: true, force: true });
});

function run(...args: string[]) {
  return promisify(execFile)(wrangler, args, { cwd: state, env });
}

/** The address that `wrangler dev` prints once workerd answers. */
async function ready(child: ChildProcess): Promise<string> {
  const printed: string[] = [];
  child.stderr?.on('data', (chunk) => printed.push(String(chunk)));
  if (!child.stdout) throw new Error('no output to read');
  for await (const line of createInterface({ input: child.stdout })) {
    printed.push(line);
    const [address] = /http:\/\/\S+:\d+/.exec(line.includes('Ready on') ? line : '') ?? [];
    if (!address) continue;
    child.stdout.resume();
    return address;
  }
  throw new Error(`wrangler dev ended: ${printed.join('\n')}`);
}

/** The fields that these tests ask for. */
interface Answer {
  data: {
    articles: unknown[];
    me: { id: number };
    createArticle: { id: number; author: { id: number }; tags: { name: string }[] };
    addComment: { content: string };
  };
  errors?: { extensions: { code: string } }[];
}

async function ask(query: string, token?: string) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query }),
  });
  const body: Answer = JSON.parse(await response.text());
  return { status: response.status, headers: response.headers, body };
}

describe('the blog on a Worker with D1', () => {
  it('lists what is published, with author, tags and comments, and hides drafts', async () => {
    const { status, headers, body } = await ask(
      '{ articles { title author { name } tags { name } comments { content } } }',
    );
    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
    expect(body.data.articles).toEqual([
      {
        title: 'D1 に日本語と絵文字を入れてみる',
        author: { name: null },
        tags: [{ name: 'Cloudflare' }, { name: '暮らし' }],
        comments: [],
      },
      {
        title: 'Workers でブログを始めました',
        author: { name: '山田 花子' },
        tags: [{ name: 'Cloudflare' }, { name: 'GraphQL' }],
        comments: [{ content: '楽しみにしています！' }],
      },
    ]);
  });

  it('lets a signed-in user write, and creates that user on the first visit', async () => {
    const token = await sign({ sub: 'new-user', email: 'new@example.com' });
    const { body } = await ask(
      'mutation { createArticle(title: "初投稿", content: "🎉", tags: ["GraphQL", "新しいタグ"]) { id author { id } tags { name } } }',
      token,
    );
    expect(body.errors).toBeUndefined();
    expect(body.data.createArticle.tags).toEqual([{ name: 'GraphQL' }, { name: '新しいタグ' }]);
    const again = await ask('{ me { id } }', token);
    expect(again.body.data.me).toEqual(body.data.createArticle.author);
    const comment = await ask(
      `mutation { addComment(articleId: ${body.data.createArticle.id}, content: "おめでとう") { content } }`,
      token,
    );
    expect(comment.body.data.addComment).toEqual({ content: 'おめでとう' });
  });

  it('refuses to write for a visitor, and refuses a token of another issuer', async () => {
    const visitor = await ask('mutation { createArticle(title: "a", content: "b") { id } }');
    expect(visitor.body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const foreign = await ask('{ me { id } }', await sign({ sub: 'x', email: 'x@example.com', iss: 'https://else' }));
    expect(foreign.status).toBe(401);
  });

  it('answers a preflight request of the page', async () => {
    const response = await fetch(url, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-headers')).toContain('authorization');
  });

  it('can be exported, with both spellings of a date in one column', async () => {
    await run('d1', 'export', database, '--local', '--output', 'd1.sql');
    const dump = await readFile(join(state, 'd1.sql'), 'utf8');
    expect(dump).toMatch(/INSERT INTO "Article" .*'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d'/);
    expect(dump).toMatch(/INSERT INTO "Article" .*'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00'/);
  });
});
