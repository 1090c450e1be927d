import type { Page } from 'playwright-core';

/** One thing that a visitor does, and how it went. */
export interface Stage {
  name: 'page' | 'list' | 'article' | 'sign-in' | 'write' | 'on-top' | 'delete' | 'gone';
  ok: boolean;
  /** What the page showed instead, or why the browser gave up; empty where it went well. */
  said: string;
}

/** A visit to the blog's page from beginning to end; it ends where something went wrong. */
export interface Journey {
  stages: Stage[];
  /** Every call to a GraphQL API; the status is null where the browser let no answer through. */
  calls: { url: string; status: number | null }[];
  /** What the console showed as errors. */
  errors: string[];
  /** Path of the article that this visit wrote and could not delete; null where nothing is left. */
  leftOver: string | null;
}

/** Whoever signs in. */
export interface TestUser {
  email: string;
  password: string;
}

/** How long a visitor is ready to wait for a thing to appear. */
const PATIENCE = 15_000;

/** Reads: the list, then its first article. */
export async function read(page: Page, origin: string): Promise<Journey> {
  return travel(page, async (stage) => {
    await stage('page', () => page.goto(origin));
    const first = page.locator('main h2 a').first();
    await stage('list', () => first.waitFor());
    const title = (await first.textContent()) ?? '';
    await stage('article', async () => {
      await first.click();
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
    });
  });
}

/** Signs in, writes an article, finds it on top, deletes it, and finds it gone. */
export async function write(page: Page, origin: string, { email, password }: TestUser): Promise<Journey> {
  const title = `通しの確認 ${crypto.randomUUID().slice(0, 8)}`;
  let path: string | null = null;
  let token = '';
  let graphql = '';
  page.on('request', (request) => {
    const { authorization } = request.headers();
    if (authorization && request.url().endsWith('/graphql')) [token, graphql] = [authorization, request.url()];
  });
  const journey = await travel(page, async (stage) => {
    await stage('sign-in', async () => {
      await page.goto(`${origin}/sign-in`);
      await page.getByLabel('メールアドレス').fill(email);
      await page.getByLabel('パスワード').fill(password);
      await page.getByRole('button', { name: 'ログインする' }).click();
      await page.getByRole('link', { name: '書く' }).waitFor();
    });
    await stage('write', async () => {
      await page.goto(`${origin}/write`);
      await page.getByLabel('題名').fill(title);
      await page.getByLabel('本文', { exact: true }).fill('pnpm check が書き、すぐに消す記事です。');
      await page.getByRole('button', { name: '公開する' }).click();
      await page.waitForURL(/\/articles\/\d+$/);
      path = new URL(page.url()).pathname;
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
    });
    await stage('on-top', async () => {
      await page.goto(origin);
      await page.getByRole('link', { name: title }).first().waitFor();
    });
    await stage('delete', async () => {
      await page.goto(`${origin}${path}`);
      await page.getByRole('button', { name: '削除する' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '削除する' }).click();
      await page.waitForURL(`${origin}/`);
    });
    await stage('gone', async () => {
      await page.goto(`${origin}${path}`);
      await page.getByRole('heading', { level: 1, name: '記事が見つかりません' }).waitFor();
    });
  });
  const wentAway = journey.stages.some(({ name, ok }) => name === 'delete' && ok);
  if (path === null || wentAway) return journey;
  // The page could not take it away; the API can, as the same person.
  return { ...journey, leftOver: (await remove(page, graphql, token, path)) ? null : path };
}

async function remove(page: Page, graphql: string, token: string, path: string): Promise<boolean> {
  const query = 'mutation ($id: ID!) { deleteArticle(id: $id) { deletedArticleId } }';
  const variables = { id: path.split('/').at(-1) };
  return page.request
    .post(graphql, { headers: { authorization: token }, data: { query, variables } })
    .then(async (answer) => (await answer.text()).includes(`"deletedArticleId":"${variables.id}"`))
    .catch(() => false);
}

type TakeStage = (name: Stage['name'], go: () => Promise<unknown>) => Promise<void>;

/** What ends a journey after it was told. */
class Stuck extends Error {}

async function travel(page: Page, go: (stage: TakeStage) => Promise<void>): Promise<Journey> {
  page.setDefaultTimeout(PATIENCE);
  const journey: Journey = { stages: [], calls: [], errors: [], leftOver: null };
  page.on('console', (message) => {
    if (message.type() === 'error') journey.errors.push(message.text());
  });
  page.on('response', (response) => {
    if (isCall(response.url())) journey.calls.push({ url: response.url(), status: response.status() });
  });
  page.on('requestfailed', (request) => {
    if (isCall(request.url())) journey.calls.push({ url: request.url(), status: null });
  });
  const stage: TakeStage = async (name, act) => {
    try {
      await act();
      journey.stages.push({ name, ok: true, said: '' });
    } catch (error) {
      journey.stages.push({ name, ok: false, said: await seen(page, error) });
      throw new Stuck(name, { cause: error });
    }
  };
  await go(stage).catch((error: unknown) => {
    if (!(error instanceof Stuck)) throw error;
  });
  return journey;
}

const isCall = (url: string) => /\/graphql\/?$/.test(url);

/** What the page shows, where it shows anything; else the browser's own words. */
async function seen(page: Page, error: unknown): Promise<string> {
  const words = error instanceof Error ? (/net::\w+/.exec(error.message)?.[0] ?? '') : '';
  if (words !== '') return words;
  // biome-ignore lint/performance/useDomNodeTextContent: what is hidden is not what a visitor sees
  const text = await page.innerText('main', { timeout: 1_000 }).catch(() => '');
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
}
