import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, newVisitor, phone, publishArticle, signUp } from './chromium.ts';
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

const unique = (title: string) => `${title} ${crypto.randomUUID().slice(0, 8)}`;
const firstTitle = (page: Page) => page.locator('main h2 a').first();
const dialog = (page: Page) => page.getByRole('dialog');

describe('a writer', () => {
  it('signs up, writes with a preview, and finds the article on top after a reload', async () => {
    const { page, problems, leave } = await newVisitor(browser);
    await page.goto(`${stack.page}/write`);
    await page.getByRole('main').getByRole('link', { name: 'ログインする' }).click();
    await page.getByRole('link', { name: 'アカウントを登録する' }).click();
    await page.getByLabel('メールアドレス').fill(`${crypto.randomUUID()}@example.com`);
    await page.getByLabel('パスワード').fill('a-long-password');
    await page.getByRole('button', { name: '登録する' }).click();
    // Back where the visitor wanted to go.
    await page.waitForURL(`${stack.page}/write`);
    await page.getByText('「名無しさん」の記事になります').waitFor();

    const title = unique('はじめての記事');
    await page.getByLabel('題名').fill(title);
    await page.getByLabel('題名').press('Enter');
    await page.getByLabel('本文', { exact: true }).fill('## 見出し\n\n東京**「都」**のこと。');
    await page.getByRole('button', { name: 'プレビューを見る' }).click();
    const preview = page.getByRole('region', { name: '本文のプレビュー' });
    expect(await preview.locator('h2').textContent()).toBe('見出し');
    expect(await preview.locator('strong').textContent()).toBe('「都」');
    await page.getByRole('button', { name: '編集に戻る' }).click();
    await page.getByLabel('タグ').fill('日記、#はじめて');
    await page.getByRole('button', { name: '公開する' }).click();
    await page.waitForURL(/\/articles\/\d+$/);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();

    await page.goto(stack.page);
    await firstTitle(page).waitFor();
    await page.reload();
    await firstTitle(page).waitFor();
    expect(await firstTitle(page).textContent()).toBe(title);
    const card = page.locator('main article').first();
    expect(await card.locator('ul a').allTextContents()).toEqual(expect.arrayContaining(['日記', 'はじめて']));
    expect(problems).toEqual([]);
    await leave();
  });

  it('chooses a name, which the articles carry from then on', async () => {
    const { page, problems, leave } = await newVisitor(browser, phone);
    await signUp(page, stack.page, '/profile');
    await page.getByLabel('表示名').fill('雨宮 あおい');
    await page.getByRole('button', { name: '保存する' }).click();
    await page.getByText('表示名を保存しました').waitFor();
    await publishArticle(page, stack.page, { title: unique('名前のある記事'), body: '本文' });
    await page.getByRole('link', { name: '雨宮 あおい' }).click();
    await page.getByRole('heading', { level: 1, name: '雨宮 あおい' }).waitFor();
    expect(problems).toEqual([]);
    await leave();
  });

  it('keeps a draft to themselves, goes on with it, publishes it, takes it back and deletes it', async () => {
    const { page, problems, leave } = await newVisitor(browser);
    await signUp(page, stack.page, '/write');
    const title = unique('書きかけ');
    await page.getByLabel('題名').fill(title);
    await page.getByLabel('本文', { exact: true }).fill('まだ途中です。');
    await page.getByRole('button', { name: '下書きに保存する' }).click();
    await page.waitForURL(/\/articles\/\d+$/);
    await page.locator('main header').getByText('下書き', { exact: true }).waitFor();
    const path = new URL(page.url()).pathname;

    const stranger = await newVisitor(browser);
    await stranger.page.goto(stack.page + path);
    await stranger.page.getByRole('heading', { level: 1, name: '記事が見つかりません' }).waitFor();

    await page.getByRole('button', { name: '自分' }).click();
    await page.getByRole('link', { name: '下書き' }).click();
    await page.getByRole('link', { name: title }).click();
    await page.getByLabel('本文', { exact: true }).fill('書き終えました。');
    await page.getByRole('button', { name: '公開する' }).click();
    await page.waitForURL(stack.page + path);
    await page.getByText('書き終えました。').waitFor();
    await stranger.page.reload();
    await stranger.page.getByText('書き終えました。').waitFor();

    await page.getByRole('button', { name: '下書きに戻す' }).click();
    await page.getByRole('status').getByText('下書きに戻しました').waitFor();
    await stranger.page.reload();
    await stranger.page.getByRole('heading', { level: 1, name: '記事が見つかりません' }).waitFor();

    await page.getByRole('button', { name: '削除する' }).click();
    await dialog(page).getByRole('button', { name: 'やめる' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('削除する');
    await page.getByRole('button', { name: '削除する' }).click();
    await dialog(page).getByRole('button', { name: '削除する' }).click();
    await page.waitForURL(`${stack.page}/`);
    await page.goto(`${stack.page}/drafts`);
    await page.getByText('下書きはありません').waitFor();
    expect([...problems, ...stranger.problems]).toEqual([]);
    await stranger.leave();
    await leave();
  });

  it('is told what to correct, at the field, and loses nothing', async () => {
    const { page, leave } = await newVisitor(browser);
    await signUp(page, stack.page, '/write');
    await page.getByLabel('本文', { exact: true }).fill('題名のない本文');
    await page.getByRole('button', { name: '公開する' }).click();
    await page.locator('input[name=title][aria-invalid=true]').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('title');
    const described = await page.locator('input[name=title]').getAttribute('aria-describedby');
    expect(await page.locator(`[id="${described}"]`).textContent()).toMatch(/題名/);
    expect(await page.getByLabel('本文', { exact: true }).inputValue()).toBe('題名のない本文');

    await page.getByLabel('題名').fill('届かない記事');
    await stack.withoutApi(async () => {
      await page.getByRole('button', { name: '公開する' }).click();
      await page.getByRole('alert').getByText('書いた内容はこの画面に残っています').waitFor();
    });
    await page.getByRole('button', { name: '公開する' }).click();
    await page.waitForURL(/\/articles\/\d+$/);
    await leave();
  });

  it('is asked before unsaved text is left behind, by a link, the back button or closing the tab', async () => {
    const { page, problems, leave } = await newVisitor(browser);
    await signUp(page, stack.page);
    await page.getByRole('link', { name: '書く' }).click();
    await page.getByLabel('題名').fill('消えては困る');

    await page.getByRole('link', { name: 'タグ' }).click();
    await dialog(page).getByText('保存していない内容があります').waitFor();
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe('/write');
    expect(await page.getByLabel('題名').inputValue()).toBe('消えては困る');

    await page.getByLabel('題名').press('End');
    await page.evaluate(() => history.back());
    await dialog(page).getByRole('button', { name: '書き続ける' }).click();
    expect(await page.getByLabel('題名').inputValue()).toBe('消えては困る');
    expect(new URL(page.url()).pathname).toBe('/write');

    let asked = '';
    page.once('dialog', (question) => {
      asked = question.type();
      void question.dismiss();
    });
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => asked).toBe('beforeunload');

    await page.getByRole('link', { name: 'タグ' }).click();
    await dialog(page).getByRole('button', { name: '保存せずに移動する' }).click();
    await page.getByRole('heading', { level: 1, name: 'タグ' }).waitFor();
    await page.getByRole('link', { name: '書く' }).click();
    expect(await page.getByLabel('題名').inputValue()).toBe('');
    expect(problems).toEqual([]);
    await leave();
  });

  it("cannot edit another's article", async () => {
    const owner = await newVisitor(browser);
    await signUp(owner.page, stack.page);
    const path = await publishArticle(owner.page, stack.page, { title: unique('他人の記事'), body: '本文' });
    await owner.leave();
    const { page, leave } = await newVisitor(browser);
    await signUp(page, stack.page, path);
    await page.getByRole('heading', { level: 2, name: /コメント/ }).waitFor();
    expect(await page.getByRole('link', { name: '編集する' }).count()).toBe(0);
    await page.goto(`${stack.page + path}/edit`);
    await page.getByText('この記事は編集できません').waitFor();
    await leave();
  });
});

describe('a commenter', () => {
  it('sees a comment at once, and may delete it; so may the author of the article', async () => {
    const author = await newVisitor(browser);
    await signUp(author.page, stack.page);
    const path = await publishArticle(author.page, stack.page, { title: unique('感想をください'), body: '本文' });

    const { page, problems, leave } = await newVisitor(browser);
    await signUp(page, stack.page, path);
    // The server's answer is held back, so what shows is the page's own.
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('AddComment')) await answered;
      await route.continue();
    });
    await page.getByLabel('としてコメントする').fill('とても\n良かったです。');
    await page.getByRole('button', { name: 'コメントを送る' }).click();
    await page.getByText('送信しています…').waitFor();
    await page.getByRole('heading', { name: 'コメント 1件' }).waitFor();
    answer();
    await page.getByText('送信しています…').waitFor({ state: 'detached' });
    await page.getByText('良かったです。').waitFor();

    await author.page.reload();
    await author.page.getByText('良かったです。').waitFor();
    await page.getByLabel('としてコメントする').fill('もうひとつ');
    await page.getByRole('button', { name: 'コメントを送る' }).click();
    await page.getByRole('heading', { name: 'コメント 2件' }).waitFor();
    await page.getByRole('button', { name: '削除' }).nth(1).waitFor();
    await page.getByRole('button', { name: '削除' }).nth(1).click();
    await dialog(page).getByRole('button', { name: '削除する' }).click();
    await page.getByText('もうひとつ').waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'コメント 1件' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('comments');

    await author.page.getByRole('button', { name: '削除', exact: true }).click();
    await dialog(author.page).getByRole('button', { name: '削除する' }).click();
    await author.page.getByText('まだコメントはありません').waitFor();
    await page.reload();
    await page.getByText('まだコメントはありません').waitFor();
    expect([...problems, ...author.problems]).toEqual([]);
    await author.leave();
    await leave();
  });

  it('gets the text back when the comment could not be sent', async () => {
    const author = await newVisitor(browser);
    await signUp(author.page, stack.page);
    const path = await publishArticle(author.page, stack.page, { title: unique('静かな記事'), body: '本文' });
    await author.leave();
    const { page, leave } = await newVisitor(browser);
    await signUp(page, stack.page, path);
    await page.getByLabel('としてコメントする').fill('届くでしょうか');
    await stack.withoutApi(async () => {
      await page.getByRole('button', { name: 'コメントを送る' }).click();
      await page.getByRole('alert').getByText('サーバーにつながりませんでした').waitFor();
    });
    expect(await page.getByLabel('としてコメントする').inputValue()).toBe('届くでしょうか');
    await page.getByText('まだコメントはありません').waitFor();
    await leave();
  });
});
