import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, newVisitor, signUp } from './chromium.ts';
import { type Stack, startStack } from './stack.ts';

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

const KEY = 'blog-session';

describe('a session', () => {
  it('begins with a password, lives through a reload and in other tabs, and ends when asked', async () => {
    const { page, problems, leave } = await newVisitor(browser);
    const { email, password } = await signUp(page, stack.page);
    const other = await page.context().newPage();
    await other.goto(stack.page);
    await other.getByRole('button', { name: '自分' }).waitFor();

    await page.reload();
    await page.getByRole('button', { name: '自分' }).click();
    await page.getByText(email).waitFor();
    await page.getByRole('link', { name: 'ログアウト' }).click();
    await page.waitForURL(`${stack.page}/`);
    await page.getByRole('link', { name: 'ログイン', exact: true }).waitFor();
    await other.getByText('このまま読み続けられます').waitFor();
    expect(await page.evaluate((key) => localStorage.getItem(key), KEY)).toBeNull();

    await page.goto(`${stack.page}/sign-in?next=/tags`);
    await page.getByLabel('メールアドレス').fill(email);
    await page.getByLabel('パスワード').fill(password);
    await page.getByLabel('パスワード').press('Enter');
    await page.waitForURL(`${stack.page}/tags`);
    await other.getByRole('button', { name: '自分' }).waitFor();
    expect(problems).toEqual([]);
    await leave();
  });

  it('says what is wrong with what was entered', async () => {
    const { page, leave } = await newVisitor(browser);
    const { email } = await signUp(page, stack.page);
    await page.evaluate((key) => localStorage.removeItem(key), KEY);
    await page.goto(`${stack.page}/sign-in`);
    await page.getByRole('button', { name: 'ログインする' }).click();
    await page.getByText('メールアドレスを name@example.com の形で').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('email');
    await page.getByLabel('メールアドレス').fill(email);
    await page.getByLabel('パスワード').fill('wrong-password');
    await page.getByRole('button', { name: 'ログインする' }).click();
    await page.getByRole('alert').getByText('メールアドレスかパスワードが違います').waitFor();

    await page.getByRole('link', { name: 'アカウントを登録する' }).click();
    await page.getByLabel('メールアドレス').fill(email);
    await page.getByLabel('パスワード').fill('short');
    await page.getByRole('button', { name: '登録する' }).click();
    await page.getByText('パスワードを8文字以上で').waitFor();
    await page.getByLabel('パスワード').fill('long-enough');
    await page.getByRole('button', { name: '登録する' }).click();
    await page.getByRole('alert').getByText('登録済みです').waitFor();
    await leave();
  });

  it('never leads to another site after signing in', async () => {
    const { page, leave } = await newVisitor(browser);
    await signUp(page, stack.page);
    for (const next of ['//evil.example', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)']) {
      await page.goto(`${stack.page}/sign-in?next=${encodeURIComponent(next)}`);
      await page.waitForURL((url) => url.pathname !== '/sign-in');
      expect(page.url().startsWith(`${stack.page}/`)).toBe(true);
    }
    await leave();
  });

  it('is renewed before it runs out', async () => {
    const { page, leave } = await newVisitor(browser);
    await signUp(page, stack.page);
    const before = await page.evaluate((key) => {
      const session = JSON.parse(localStorage.getItem(key) ?? '{}');
      localStorage.setItem(key, JSON.stringify({ ...session, expires_at: Math.floor(Date.now() / 1000) - 5 }));
      return session.refresh_token as string;
    }, KEY);
    await page.goto(`${stack.page}/profile`);
    await page.getByLabel('表示名').waitFor();
    const after = await page.evaluate(
      (key) => JSON.parse(localStorage.getItem(key) ?? '{}').refresh_token as string,
      KEY,
    );
    expect(after).not.toBe(before);
    await leave();
  });

  /** Changes the stored session behind the page's back, and opens the list. */
  async function tamper(page: Page, change: Record<string, unknown>): Promise<void> {
    // The same origin without the page, which would notice.
    await page.goto(`${stack.page}/robots.txt`);
    await page.evaluate(
      ([key, patch]) => {
        const session = JSON.parse(localStorage.getItem(key) ?? '{}');
        localStorage.setItem(key, JSON.stringify({ ...session, ...patch }));
      },
      [KEY, change] as const,
    );
    await page.goto(stack.page);
    await page.locator('main article').first().waitFor();
  }

  it.each([
    ['that neither the API nor the sign-in service accepts', { access_token: 'e30.e30.AA', refresh_token: 'gone' }],
    ['that has run out and cannot be renewed', { expires_at: 1, refresh_token: 'gone' }],
  ])('%s is dropped, and reading goes on', async (_which, change) => {
    const { page, leave } = await newVisitor(browser);
    await signUp(page, stack.page);
    await tamper(page, change);
    await page.getByRole('status').getByText('このまま読み続けられます').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'ログイン' }).waitFor();
    expect(await page.evaluate((key) => localStorage.getItem(key), KEY)).toBeNull();
    await leave();
  });

  it('that the API refuses is renewed where the sign-in service still knows it', async () => {
    const { page, leave } = await newVisitor(browser);
    await signUp(page, stack.page);
    await tamper(page, { access_token: 'e30.e30.AA' });
    await page.getByRole('button', { name: '自分' }).waitFor();
    await page.goto(`${stack.page}/profile`);
    await page.getByLabel('表示名').waitFor();
    expect(await page.getByText('このまま読み続けられます').count()).toBe(0);
    await leave();
  });

  it('that ends while writing keeps the text, and what is signed in again goes on', async () => {
    const { page, leave } = await newVisitor(browser);
    const { email, password } = await signUp(page, stack.page, '/write');
    await page.getByLabel('題名').fill('途中で期限が切れる');
    await page.getByLabel('本文', { exact: true }).fill('長い本文');
    await page.evaluate((key) => {
      const session = JSON.parse(localStorage.getItem(key) ?? '{}');
      localStorage.setItem(key, JSON.stringify({ ...session, access_token: 'e30.e30.AA', refresh_token: 'gone' }));
    }, KEY);
    await page.getByRole('button', { name: '公開する' }).click();
    await page.getByRole('alert').getByText('ログイン').waitFor();
    expect(await page.getByLabel('本文', { exact: true }).inputValue()).toBe('長い本文');

    const other = await page.context().newPage();
    await other.goto(`${stack.page}/sign-in`);
    await other.getByLabel('メールアドレス').fill(email);
    await other.getByLabel('パスワード').fill(password);
    await other.getByRole('button', { name: 'ログインする' }).click();
    await other.waitForURL(`${stack.page}/`);
    await page.getByRole('button', { name: '自分' }).waitFor();
    await page.getByRole('button', { name: '公開する' }).click();
    await page.waitForURL(/\/articles\/\d+$/);
    await leave();
  });

  it('can be begun with another account where the project allows it', async () => {
    const { page, leave } = await newVisitor(browser);
    await page.route('**/auth/v1/settings', (route) =>
      route.fulfill({ json: { external: { github: true, google: false } } }),
    );
    const { promise: asked, resolve } = Promise.withResolvers<URL>();
    await page.route('**/auth/v1/authorize**', (route) => {
      resolve(new URL(route.request().url()));
      return route.fulfill({ body: 'provider' });
    });
    await page.goto(`${stack.page}/sign-in?next=/tags`);
    const gitHub = page.getByRole('button', { name: 'GitHub で続ける' });
    await gitHub.waitFor();
    expect(await page.getByRole('button', { name: 'Google で続ける' }).count()).toBe(0);
    await gitHub.click();
    const { searchParams } = await asked;
    expect(searchParams.get('provider')).toBe('github');
    expect(searchParams.get('code_challenge_method')).toBe('s256');
    expect(searchParams.get('redirect_to')).toBe(`${stack.page}/sign-in?next=%2Ftags`);
    await leave();
  });

  it('has no such buttons where no other account is allowed', async () => {
    const { page, leave } = await newVisitor(browser);
    const settings = page.waitForResponse('**/auth/v1/settings');
    await page.goto(`${stack.page}/sign-in`);
    expect((await settings).ok()).toBe(true);
    await (await settings).finished();
    // What the answer changes is drawn by the second frame.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    expect(await page.getByRole('button', { name: 'で続ける' }).count()).toBe(0);
    await leave();
  });
});
