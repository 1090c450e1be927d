import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, newVisitor, phone } from './chromium.ts';
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

const titles = (page: Page) => page.locator('main h2 a').allTextContents();

/** The compressed size of all JavaScript that a first visit to `path` downloads, in KiB, and the files' names. */
async function firstVisit(path: string, shown: string): Promise<{ kib: number; files: string[] }> {
  const { page, leave } = await newVisitor(browser);
  const sizes = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith('.js'))
      sizes.set(
        pathname,
        response.body().then((body) => gzipSync(body).length),
      );
  });
  await page.goto(stack.page + path);
  await page.locator(shown).first().waitFor();
  await page.waitForLoadState('networkidle');
  const bytes = await Promise.all(sizes.values());
  await leave();
  return { kib: bytes.reduce((sum, size) => sum + size, 0) / 1024, files: [...sizes.keys()] };
}

describe('a reader', () => {
  it('reads the newest articles, the next page of them, and one in full', async () => {
    const { page, problems, leave } = await newVisitor(browser);
    await page.goto(stack.page);
    await page.getByRole('heading', { level: 1, name: '新しい記事' }).waitFor();
    await page.locator('main h2 a').nth(19).waitFor();
    const first = await titles(page);
    expect(first).toHaveLength(20);

    await page.getByRole('button', { name: '続きを読み込む' }).click();
    await page.locator('main h2 a').nth(20).waitFor();
    const all = await titles(page);
    expect(all.slice(0, 20)).toEqual(first);
    expect(new Set(all).size).toBe(all.length);
    // The focus goes on where the new ones begin.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(all[20]);

    const dates = await page
      .locator('main article time')
      .evaluateAll((times) => times.map((t) => t.getAttribute('datetime')));
    expect(dates).toEqual(dates.toSorted((a, b) => (a ?? '').localeCompare(b ?? '')).toReversed());

    const link = page.locator('main h2 a').nth(22);
    const title = (await link.textContent()) ?? '';
    await link.scrollIntoViewIfNeeded();
    const scrolled = await page.evaluate(() => scrollY);
    expect(scrolled).toBeGreaterThan(500);
    await link.click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    expect(await page.title()).toBe(`${title} - 雲とインク`);
    expect(await page.evaluate(() => scrollY)).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');

    await page.goBack();
    await page.locator('main h2 a').nth(22).waitFor();
    expect(await titles(page)).toEqual(all);
    await page.waitForFunction((y) => Math.abs(scrollY - y) < 5, scrolled);
    expect(problems).toEqual([]);
    await leave();
  });

  it('goes on by tag and by author', async () => {
    const { page, problems, leave } = await newVisitor(browser, phone);
    await page.goto(stack.page);
    await page.getByRole('link', { name: 'タグ' }).click();
    await page.getByRole('heading', { level: 1, name: 'タグ' }).waitFor();
    const tag = page.locator('main li a').first();
    await tag.waitFor();
    const [name = '', count = ''] = await tag.locator('span').allTextContents();
    await tag.click();
    await page.getByRole('heading', { level: 1, name: `#${name}` }).waitFor();
    await page.getByText(`${count}の記事`, { exact: true }).waitFor();
    await page.locator('main article').first().waitFor();
    for (const tags of await page
      .locator('main article')
      .evaluateAll((all) => all.map((each) => each.querySelector('ul')?.textContent))) {
      expect(tags).toContain(name);
    }

    const author = page.locator('main article a[href^="/authors/"]').first();
    const who = (await author.textContent()) ?? '';
    await author.click();
    await page.getByRole('heading', { level: 1, name: who }).waitFor();
    await page.locator('main article').first().waitFor();
    const authors = await page.locator('main article a[href^="/authors/"]').allTextContents();
    expect(new Set(authors)).toEqual(new Set([who]));
    expect(problems).toEqual([]);
    await leave();
  });

  it('finds two characters of Japanese, and is told when nothing fits', async () => {
    const { page, problems, leave } = await newVisitor(browser);
    await page.goto(`${stack.page}/search`);
    await page.getByLabel('探す言葉').fill('京都');
    await page.getByLabel('探す言葉').press('Enter');
    await page.getByRole('heading', { level: 1, name: '「京都」の検索結果' }).waitFor();
    await page.locator('main article').first().waitFor();
    expect(page.url()).toContain(`q=${encodeURIComponent('京都')}`);

    await page.getByLabel('探す言葉').fill('存在しないはずの言葉');
    await page.getByRole('button', { name: '検索する' }).click();
    await page.getByText('「存在しないはずの言葉」を含む記事はありません').waitFor();
    await page.goBack();
    await page.locator('main article').first().waitFor();
    expect(problems).toEqual([]);
    await leave();
  });

  it.each([
    ['/nowhere', 'ページが見つかりません'],
    ['/articles/999999999', '記事が見つかりません'],
    ['/articles/not-a-number', '記事が見つかりません'],
    ['/authors/999999999', '書き手が見つかりません'],
  ])('is helped on at %s', async (path, heading) => {
    const { page, leave } = await newVisitor(browser);
    await page.goto(stack.page + path);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    expect(await page.title()).toContain(heading);
    await page.getByRole('link', { name: '新しい記事を見る' }).click();
    await page.locator('main article').first().waitFor();
    await leave();
  });

  it('is asked to sign in where that is needed, and comes back', async () => {
    const { page, leave } = await newVisitor(browser);
    for (const [path, heading] of [
      ['/write', '記事を書く'],
      ['/drafts', '下書き'],
      ['/profile', 'プロフィール'],
    ] as const) {
      await page.goto(stack.page + path);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await page.getByText('ログインが必要です').waitFor();
      expect(await page.locator('main').getByRole('link', { name: 'ログインする' }).getAttribute('href')).toBe(
        `/sign-in?next=${encodeURIComponent(path)}`,
      );
    }
    await leave();
  });

  it('is told when the server is away, and goes on when it is back', async () => {
    const { page, leave } = await newVisitor(browser);
    await stack.withoutApi(async () => {
      await page.goto(stack.page);
      await page.getByRole('alert').getByText('サーバーにつながりませんでした').waitFor();
    });
    await page.getByRole('button', { name: 'もう一度読み込む' }).click();
    await page.locator('main article').first().waitFor();

    await stack.withoutApi(async () => {
      await page.getByRole('button', { name: '続きを読み込む' }).click();
      await page.getByRole('alert').waitFor();
      expect(await titles(page)).toHaveLength(20);
    });
    await page.getByRole('button', { name: 'もう一度読み込む' }).click();
    await page.locator('main h2 a').nth(20).waitFor();
    await leave();
  });

  it('gets a page that is of use without JavaScript to those who share or index it', async () => {
    const html = await (await fetch(stack.page)).text();
    for (const part of [
      '<html lang="ja">',
      'name="description"',
      'property="og:title"',
      'property="og:description"',
      'rel="icon"',
    ]) {
      expect(html).toContain(part);
    }
    expect(html).toContain('JavaScript を有効に');
    const robots = await fetch(`${stack.page}/robots.txt`);
    expect(robots.headers.get('content-type')).toContain('text/plain');
    expect(await robots.text()).toContain('User-agent: *');
    for (const file of ['/favicon.svg', '/favicon.ico', '/apple-touch-icon.png', '/site.webmanifest', '/og.png']) {
      expect(await fetch(stack.page + file)).toMatchObject({ status: 200 });
    }
  });

  it.each([
    ['/', ['Articles'], 'main h2 a'],
    ['/articles/1', ['ArticlePage', 'Comments'], '#comments'],
  ])('at %s asks for %j before the code is here, and only once', async (path, operations, shown) => {
    const { page, problems, leave } = await newVisitor(browser);
    const sent: string[] = [];
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    page.on('request', (request) => {
      const [, name] = /"operationName":"(\w+)"/.exec(request.postData() ?? '') ?? [];
      if (name) sent.push(name);
      if (sent.length === operations.length) ask();
    });
    await page.route('**/assets/index-*.js', async (route) => {
      await asked;
      await route.continue();
    });
    await page.goto(stack.page + path);
    await page.locator(shown).first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(sent).toEqual(operations);
    expect(problems).toEqual([]);
    await leave();
  });

  it('downloads at most 150 KiB of JavaScript for the list and 190 KiB for an article, and no sign-in code', async () => {
    const list = await firstVisit('/', 'main h2 a');
    const { page, leave } = await newVisitor(browser);
    await page.goto(stack.page);
    const path = (await page.locator('main h2 a').first().getAttribute('href')) ?? '';
    await leave();
    const article = await firstVisit(path, 'main article h1');
    console.log(`JavaScript, gzip: list ${list.kib.toFixed(1)} KiB, article ${article.kib.toFixed(1)} KiB`);
    expect(list.files.length).toBeGreaterThan(0);
    expect(list.kib).toBeLessThanOrEqual(150);
    expect(article.kib).toBeLessThanOrEqual(190);
    expect(article.kib).toBeGreaterThan(list.kib);
    expect([...list.files, ...article.files].filter((file) => file.includes('supabase'))).toEqual([]);
  });
});
