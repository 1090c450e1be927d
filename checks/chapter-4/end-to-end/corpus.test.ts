import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Blog, startBlog } from '../../corpus/blog.ts';
import { root } from '../../paths.ts';
import { browserPort } from '../../ports/browser.ts';
import { recordingTape } from '../../ports/tape.ts';
import { freePort } from '../../trials/free-port.ts';
import cleaningUp from './cleaning-up.ts';
import reading from './reading.ts';
import signIn from './sign-in.ts';
import writing from './writing.ts';

// The real page in a real browser, in front of the real server: everything right, then one mistake at a time. A mistake
// that costs another start of the server, or another wait for what never comes, is tried with PROVE=1 only.
const sampledOnly = !process.env.PROVE;

const FRONTEND = join(root, 'app/frontend');
const USER = { BLOG_TEST_EMAIL: 'check@example.com', BLOG_TEST_PASSWORD: 'a-long-password' };
const LOCAL_KEY = 'sb_publishable_local';

let blog: Blog;
let page: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  Object.assign(process.env, USER);
  const port = await freePort();
  page = `http://localhost:${port}`;
  blog = await startBlog({ CORS_ORIGIN: page });
  const folder = await mkdtemp(join(tmpdir(), 'page-'));
  const vite = join(FRONTEND, 'node_modules/vite/bin/vite.js');
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    VITE_GRAPHQL_ENDPOINT: `${blog.api}/graphql`,
    VITE_SUPABASE_URL: blog.signIn,
    VITE_SUPABASE_PUBLISHABLE_KEY: LOCAL_KEY,
    PORT: String(port),
  };
  const words = ['--mode', 'rehearsal', '--outDir', folder, '--logLevel', 'error'];
  await promisify(execFile)(process.execPath, [vite, 'build', ...words], { cwd: FRONTEND, env });
  const served = spawn(process.execPath, [vite, 'preview', ...words, '--host', 'localhost'], { cwd: FRONTEND, env });
  stop = async () => {
    const ended = once(served, 'exit');
    served.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  while (
    !(await fetch(page).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await sleep(50);
  const { email, password } = { email: USER.BLOG_TEST_EMAIL, password: USER.BLOG_TEST_PASSWORD };
  const signedUp = await fetch(`${blog.signIn}/auth/v1/signup`, {
    method: 'POST',
    headers: { apikey: LOCAL_KEY, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  expect(signedUp.ok).toBe(true);
}, 300_000);
afterAll(async () => {
  await stop?.();
  await blog?.stop();
});

const browser = () => browserPort(recordingTape());
const readNow = async (api = blog.api, at = page) =>
  reading.judge({ api, page: at, journey: await browser().readBlog(at) });

/** Titles of all that is public. */
async function titles(): Promise<string[]> {
  const answered = await fetch(`${blog.api}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ articles(first: 100) { nodes { title } } }' }),
  });
  const { data } = (await answered.json()) as { data: { articles: { nodes: { title: string }[] } } };
  return data.articles.nodes.map(({ title }) => title);
}

test('the right blog is read, written to, and left as it was', async () => {
  expect(await readNow()).toMatchObject({ status: 'pass' });
  const before = await titles();
  const tape = recordingTape();
  const journey = await browserPort(tape).writeBlog(page);
  expect(journey.stages.filter(({ ok }) => !ok)).toEqual([]);
  expect(signIn.judge({ page, journey }).status).toBe('pass');
  expect(writing.judge(journey).status).toBe('pass');
  expect(cleaningUp.judge({ page, journey }).status).toBe('pass');
  expect(await titles()).toEqual(before);
  // Nothing of the test user is recorded.
  for (const secret of Object.values(USER)) expect(JSON.stringify(tape.calls())).not.toContain(secret);
}, 120_000);

test('a page that is not running', async () => {
  expect(await readNow(blog.api, `http://localhost:${await freePort()}`)).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('ERR_CONNECTION_REFUSED'),
  });
}, 120_000);

test.skipIf(sampledOnly)(
  'a page that was built with another address',
  async () => {
    expect(await readNow('https://api.example.com')).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining(`${blog.api}/graphql を呼びました`),
    });
  },
  120_000,
);

test.skipIf(sampledOnly)(
  'a wrong password',
  async () => {
    process.env.BLOG_TEST_PASSWORD = 'not-the-password';
    const journey = await browser()
      .writeBlog(page)
      .finally(() => Object.assign(process.env, USER));
    expect(signIn.judge({ page, journey })).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('ログインできません'),
    });
  },
  120_000,
);

test('no test user is nobody’s mistake', async () => {
  delete process.env.BLOG_TEST_EMAIL;
  const failed = browser()
    .writeBlog(page)
    .finally(() => Object.assign(process.env, USER));
  await expect(failed).rejects.toMatchObject({ failure: { name: 'NoTestUser' } });
});

test('a server that does not let the page in: the reader sees nothing, and the console says why', async () => {
  await blog.restart({ CORS_ORIGIN: 'https://old.example' });
  try {
    expect(await readNow()).toMatchObject({ status: 'fail', evidence: expect.stringMatching(/一覧が出ません.*CORS/) });
  } finally {
    await blog.restart();
  }
}, 120_000);

test.skipIf(sampledOnly)(
  'a server that trusts another Supabase: one signs in, and can’t write',
  async () => {
    await blog.restart({ SUPABASE_URL: 'https://other.supabase.co' });
    try {
      const journey = await browser().writeBlog(page);
      expect(signIn.judge({ page, journey }).status).toBe('pass');
      expect(writing.judge(journey)).toMatchObject({
        status: 'fail',
        evidence: expect.stringContaining('公開できません'),
      });
      expect(journey.leftOver).toBeNull();
    } finally {
      await blog.restart();
    }
  },
  120_000,
);
