import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Debian's Chromium, or the one that `CHROMIUM_PATH` names. */
export const chromiumPath =
  process.env.CHROMIUM_PATH ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));

/** Flags that keep Chromium from looking for the network on its own. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real Chromium, headless. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ args: chromiumFlags, ...(chromiumPath ? { executablePath: chromiumPath } : {}) });
}

export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

/** Someone at a browser of their own. */
export interface Visitor {
  page: Page;
  /** All that went wrong on the page: errors, and what it wrote to the console as an error or a warning. */
  problems: string[];
  leave: () => Promise<void>;
}

/** A visitor with nothing stored. */
export async function newVisitor(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  return { page, problems, leave: () => context.close() };
}

/** Signs a new person up through the page itself. */
export async function signUp(page: Page, base: string, next = '/'): Promise<{ email: string; password: string }> {
  const email = `${crypto.randomUUID()}@example.com`;
  const password = `pass-${crypto.randomUUID()}`;
  await page.goto(`${base}/sign-up?next=${encodeURIComponent(next)}`);
  await page.getByLabel('メールアドレス').fill(email);
  await page.getByLabel('パスワード').fill(password);
  await page.getByRole('button', { name: '登録する' }).click();
  await page.waitForURL(base + next);
  return { email, password };
}

/** Writes an article through the page and publishes it; gives its path. Leaves the page on the article. */
export async function publishArticle(
  page: Page,
  base: string,
  text: { title: string; body: string; tags?: string },
): Promise<string> {
  await page.goto(`${base}/write`);
  await page.getByLabel('題名').fill(text.title);
  await page.getByLabel('本文', { exact: true }).fill(text.body);
  if (text.tags) await page.getByLabel('タグ').fill(text.tags);
  await page.getByRole('button', { name: '公開する' }).click();
  await page.waitForURL(/\/articles\/[^/]+$/);
  await page.getByRole('heading', { level: 1, name: text.title }).waitFor();
  return new URL(page.url()).pathname;
}
