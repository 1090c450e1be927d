import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, newVisitor, phone, publishArticle, signUp, type Visitor } from './chromium.ts';
import { type Stack, startStack } from './stack.ts';

/** Where the pictures go that a person looks at: `.local/screens/` of the repository. */
const screens = resolve(import.meta.dirname, '../../../.local/screens');

/** A picture for a person; as tests they prove nothing, so only `npm run prove` takes the time. */
async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  if (process.env.PROVE) await page.screenshot({ path: `${screens}/${name}.png`, fullPage });
}

let stack: Stack;
let browser: Browser;
let storage: Exclude<BrowserContextOptions['storageState'], string | undefined>;
let draft: string;
let published: string;

const rich = `書き出しです。**強調**と*傍点*と\`コード\`。[リンク](https://example.com/)もあります。

## 見出し

- 箇条書き
- [ ] 未了
- [x] 済み

> 引用文です。

\`\`\`ts
const endpoint = 'https://api.example.com/graphql/with/a/very/long/line/that/has/to/scroll/sideways/on/a/phone';
\`\`\`

### 小見出し

| 項目 | 値 | 説明 |
|---|---:|---|
| VPC | 1 | 10.0.0.0/16 |
| サブネット | 4 | 二つのアベイラビリティーゾーンに二つずつ |

1. 一つめ
2. 二つめ

---

終わり。`;

beforeAll(async () => {
  await mkdir(screens, { recursive: true });
  [stack, browser] = await Promise.all([startStack(), launchChromium()]);
  const { page, leave } = await newVisitor(browser);
  await signUp(page, stack.page);
  published = await publishArticle(page, stack.page, {
    title: '読みやすさを確かめる記事',
    body: rich,
    tags: '設計、日本語',
  });
  await page.getByLabel('としてコメントする').fill('よく分かりました。\nありがとうございます。');
  await page.getByRole('button', { name: 'コメントを送る' }).click();
  await page.getByRole('button', { name: '削除', exact: true }).waitFor();
  await page.goto(`${stack.page}/write`);
  await page.getByLabel('題名').fill('書きかけの記事');
  await page.getByLabel('本文', { exact: true }).fill(rich);
  await page.getByRole('button', { name: '下書きに保存する' }).click();
  await page.waitForURL(/\/articles\/\d+$/);
  draft = new URL(page.url()).pathname;
  storage = await page.context().storageState();
  await leave();
});

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** Every route, for a visitor and for a writer: its name, its path, and what shows that it is there. */
const routes: ReadonlyArray<[name: string, path: () => string, shown: string, who: 'visitor' | 'writer']> = [
  ['list', () => '/', 'main h2 a', 'visitor'],
  ['article', () => published, '#comments ~ ol', 'visitor'],
  ['author', () => '/authors/1', 'main article', 'visitor'],
  ['tags', () => '/tags', 'main li a', 'visitor'],
  ['tag', () => `/tags/${encodeURIComponent('設計')}`, 'main article', 'visitor'],
  ['search', () => '/search', 'input[type=search]', 'visitor'],
  ['search-found', () => `/search?q=${encodeURIComponent('京都')}`, 'main article', 'visitor'],
  ['search-empty', () => '/search?q=%E3%81%AA%E3%81%97%E3%81%AA%E3%81%97', 'text=を含む記事はありません', 'visitor'],
  ['sign-in', () => '/sign-in', 'form', 'visitor'],
  ['sign-up', () => '/sign-up', 'form', 'visitor'],
  ['write-signed-out', () => '/write', 'text=ログインが必要です', 'visitor'],
  ['not-found', () => '/nowhere', 'text=何もありません', 'visitor'],
  ['article-missing', () => '/articles/999999999', 'text=この記事はここにありません', 'visitor'],
  ['article-own', () => published, 'form', 'writer'],
  ['draft', () => draft, 'text=公開する', 'writer'],
  ['write', () => '/write', 'form', 'writer'],
  ['edit', () => `${draft}/edit`, 'form', 'writer'],
  ['drafts', () => '/drafts', 'main li', 'writer'],
  ['profile', () => '/profile', 'form', 'writer'],
];

/** `npm run prove` looks at all four; `npm test` at two that between them have every width and colour. */
const looks: ReadonlyArray<[name: string, options: BrowserContextOptions]> = [
  ['desktop-light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['phone-dark', { ...phone, colorScheme: 'dark' }],
  ['desktop-dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
  ['phone-light', { ...phone, colorScheme: 'light' }],
];

async function violations(page: Page): Promise<string[]> {
  // Legacy mode opens no second page to put the results of frames together; there are no frames here.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const result = await axe.analyze();
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

it('would find what is wrong', async () => {
  const { page, leave } = await newVisitor(browser);
  await page.setContent(
    '<html lang="ja"><title>t</title><main><h1 style="color:#ccc;background:#fff">薄い字</h1><img src="x">',
  );
  expect((await violations(page)).map((each) => each.split(':', 1)[0])).toEqual(
    expect.arrayContaining(['color-contrast', 'image-alt']),
  );
  await leave();
});

describe.each(looks.slice(0, process.env.PROVE ? looks.length : 2))('%s', (look, options) => {
  let visitors: { visitor: Visitor; writer: Visitor };
  beforeAll(async () => {
    visitors = {
      visitor: await newVisitor(browser, options),
      writer: await newVisitor(browser, { ...options, storageState: storage }),
    };
  });
  afterAll(() => Promise.all(Object.values(visitors).map(({ leave }) => leave())));

  it.each(routes)('%s has no accessibility violation and fits the window', async (name, path, shown, who) => {
    const { page } = visitors[who];
    await page.goto(stack.page + path());
    await page.locator(shown).first().waitFor();
    await page.locator('main h1').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await picture(page, `${name}-${look}`, name !== 'list');
  });
});

describe('states that come and go', () => {
  it.each(process.env.PROVE ? (['light', 'dark'] as const) : (['dark'] as const))(
    'menu, dialogs, errors and preview have no violation in %s',
    async (colorScheme) => {
      const { page, leave } = await newVisitor(browser, { ...phone, colorScheme, storageState: storage });
      await page.goto(stack.page + published);
      await page.getByRole('button', { name: '自分' }).click();
      await page.getByRole('link', { name: 'ログアウト' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await picture(page, `menu-phone-${colorScheme}`);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: '削除する' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await violations(page)).toEqual([]);
      await picture(page, `dialog-phone-${colorScheme}`);
      await page.keyboard.press('Escape');

      await page.goto(`${stack.page}/write`);
      await page.getByRole('button', { name: '公開する' }).click();
      await page.locator('[aria-invalid=true]').first().waitFor();
      expect(await violations(page)).toEqual([]);
      await picture(page, `write-refused-phone-${colorScheme}`, true);
      await page.getByLabel('本文', { exact: true }).fill(rich);
      await page.getByRole('button', { name: 'プレビューを見る' }).click();
      await page.getByRole('region', { name: '本文のプレビュー' }).locator('table').waitFor();
      expect(await violations(page)).toEqual([]);
      await picture(page, `preview-phone-${colorScheme}`, true);

      await page.evaluate(() => localStorage.clear());
      await stack.withoutApi(async () => {
        const visitor = await newVisitor(browser, { ...phone, colorScheme });
        await visitor.page.goto(stack.page);
        await visitor.page.getByRole('alert').waitFor();
        expect(await violations(visitor.page)).toEqual([]);
        await picture(visitor.page, `no-server-phone-${colorScheme}`);
        await visitor.leave();
      });
      await leave();
    },
  );
});

describe('the keyboard alone', () => {
  it('gets past the header and to an article, and always shows where it is', async () => {
    const { page, leave } = await newVisitor(browser);
    await page.goto(stack.page);
    await page.locator('main h2 a').first().waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('本文へ移動');
    expect(await page.getByText('本文へ移動').boundingBox()).toMatchObject({
      y: expect.toSatisfy((y: number) => y >= 0),
    });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const title = await page.evaluate(() => document.activeElement?.textContent);
    expect(title).toBe(await page.locator('main h2 a').first().textContent());
    expect(await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)).toBe('solid');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: title ?? '' }).waitFor();
    await leave();
  });

  it('signs in and reaches everything in the account menu', async () => {
    const { page, leave } = await newVisitor(browser, { storageState: storage });
    await page.goto(stack.page);
    await page.getByRole('button', { name: '自分' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '下書き' }).waitFor();
    const reached: (string | null | undefined)[] = [];
    for (let step = 0; step < 3; step += 1) {
      await page.keyboard.press('Tab');
      reached.push(await page.evaluate(() => document.activeElement?.textContent));
    }
    expect(reached).toEqual(['下書き', 'プロフィール', 'ログアウト']);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: '下書き' }).waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('自分');
    await leave();
  });
});
