import { AxeBuilder } from '@axe-core/playwright';
import { launch } from '@blog-aws-practice/checks/ports/browser.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorkbook, type Workbook } from './workbook.ts';

// The page as `npm start` serves it, in a real browser, beside a real emulated AWS.

const STEP = '/chapters/chapter-2/01-network';
let workbook: Workbook;
let browser: Browser;
beforeAll(async () => {
  [workbook, browser] = await Promise.all([startWorkbook(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await workbook?.stop();
});

/** Opens a page; anything that the console calls an error fails the test. */
async function opened(path: string, use: (page: Page) => Promise<void>, options: object = {}): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const errors: string[] = [];
  page.on('console', (message) => {
    // The browser asks for a tab's icon before the page, which names one, is there.
    const icon = message.location().url.endsWith('/favicon.ico');
    if (message.type() === 'error' && !icon) errors.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => errors.push(error.message));
  try {
    await page.goto(`${workbook.url}${path}`);
    await use(page);
    expect(errors).toEqual([]);
  } finally {
    await context.close();
  }
}

async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

const violations = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);

describe('a step', () => {
  test('by keyboard only: its checks run, what fails says 現在・期待・直し方, and mending it turns it green', async () => {
    await opened(STEP, async (page) => {
      const panel = page.getByRole('region', { name: 'いまの進み具合' });
      await panel.getByRole('radio', { name: 'リハーサル' }).waitFor();
      expect(await panel.getByRole('radio', { name: 'リハーサル' }).isChecked()).toBe(true);
      // Something is broken: the public subnets no longer lead out.
      const anywhere = { RouteTableId: workbook.publicTable, DestinationCidrBlock: '0.0.0.0/0' };
      const { RouteTables = [] } = await workbook.ec2.describeRouteTables({ RouteTableIds: [workbook.publicTable] });
      const GatewayId = RouteTables[0]?.Routes?.find(({ GatewayId: id }) => id?.startsWith('igw-'))?.GatewayId;
      await workbook.ec2.deleteRoute(anywhere);

      await panel.getByRole('button', { name: '確かめる' }).focus();
      await page.keyboard.press('Enter');
      const failed = panel.locator('details.fail').first();
      await failed.waitFor();
      for (const word of ['現在', '期待', '直し方（CLI）']) expect(await failed.textContent()).toContain(word);
      expect(await failed.textContent()).toContain('pnpm aws ec2');
      expect(await panel.getByRole('status').first().textContent()).toContain('不合格');
      await screenshot(page, 'step-failing');
      expect(await violations(page)).toEqual([]);

      await panel.getByRole('checkbox', { name: /確かめ直す/ }).focus();
      await page.keyboard.press('Space');
      await workbook.ec2.createRoute({ ...anywhere, GatewayId });
      await panel.getByText(/^合格 12$/).waitFor();
      await page.keyboard.press('Space');
      await screenshot(page, 'step-passing');
    });
  });

  test.each(['light', 'dark'])(
    '%s: the map shows what is there, tells of the part in focus, and what it costs',
    async (colorScheme) => {
      await opened(
        STEP,
        async (page) => {
          await page.getByRole('button', { name: 'いまのアーキテクチャを描く' }).click();
          const nat = page.locator('[data-part][data-kind="nat-gateway"]');
          await nat.waitFor();
          expect(await page.getByText(/いまの料金/).textContent()).toMatch(/\$0\.0670/);
          await nat.focus();
          expect(await page.locator('.told').textContent()).toContain('1時間 $0.0670');
          await screenshot(page, `map-${colorScheme}`);
          expect(await violations(page)).toEqual([]);
          await page.getByRole('button', { name: '大きく見る' }).click();
          const large = page.getByRole('dialog', { name: 'いまのアーキテクチャ' });
          const whole = await large.locator('svg').boundingBox();
          expect((whole?.x ?? 0) + (whole?.width ?? Number.NaN)).toBeLessThanOrEqual(1280);
          await screenshot(page, `map-large-${colorScheme}`);
          expect(await violations(page)).toEqual([]);
          await page.keyboard.press('Escape');
          await large.waitFor({ state: 'hidden' });
          await nat.waitFor();
        },
        { colorScheme },
      );
    },
  );

  test.each(['light', 'dark'])(
    'on a phone, %s: nothing is wider than the screen, and everything can be read',
    async (colorScheme) => {
      const phone = { viewport: { width: 390, height: 844 }, colorScheme, isMobile: true, hasTouch: true };
      await opened(
        STEP,
        async (page) => {
          await page.getByRole('button', { name: '確かめる' }).click();
          await page.getByText(/^合格 12$/).waitFor();
          await page.locator('.mermaid-picture svg').first().waitFor();
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
          await screenshot(page, `phone-${colorScheme}`);
          await page.getByRole('button', { name: 'いまのアーキテクチャを描く' }).click();
          await page.locator('[data-part][data-kind="vpc"]').waitFor();
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
          await screenshot(page, `map-phone-${colorScheme}`);
          expect(await violations(page)).toEqual([]);
        },
        phone,
      );
    },
  );
});

test('the table of contents shows how far one has come, with the time of each step', async () => {
  await opened('/chapters/', async (page) => {
    const row = page.getByRole('row', { name: /1\. ネットワーク/ });
    await row.waitFor();
    expect(await row.textContent()).toMatch(/合格（12/);
    await screenshot(page, 'contents');
    expect(await violations(page)).toEqual([]);
  });
});

test('search finds Japanese words inside of sentences', async () => {
  await opened('/chapters/', async (page) => {
    // Once the page listens to its keys.
    await page.getByRole('region', { name: 'いまの進み具合' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('searchbox').fill('ルートテーブル');
    await page.locator('.VPLocalSearchBox .result').first().waitFor({ timeout: 100_000 });
    expect(await page.locator('.VPLocalSearchBox .results').textContent()).toContain('ネットワーク');
    await screenshot(page, 'search');
    expect(await violations(page)).toEqual([]);
  });
});

describe('the connection', () => {
  const headers = { 'content-type': 'application/json' };
  const token = async () => (await (await fetch(`${workbook.url}/_live/session`)).json()).token as string;
  const ask = (extra: Record<string, string>) =>
    fetch(`${workbook.url}/_live/progress`, { method: 'POST', headers: { ...headers, ...extra }, body: '{}' });

  test('needs the token', async () => {
    expect((await ask({})).status).toBe(403);
    expect((await ask({ 'x-workbook-token': await token() })).status).toBe(200);
  });

  test('a foreign page can neither read nor ask: no CORS, and its origin is refused', async () => {
    const origin = 'https://evil.example';
    const refused = await ask({ 'x-workbook-token': await token(), origin });
    expect(refused.status).toBe(403);
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await fetch(`${workbook.url}/_live/check`, { method: 'OPTIONS', headers: { origin } });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('this machine’s state and secrets are not served', async () => {
    for (const path of ['/.local/progress.json', '/.git/HEAD', '/.local/rehearsal/state.json']) {
      const answer = await fetch(`${workbook.url}${path}`);
      // Anything that isn't served gets the page itself.
      expect(await answer.text()).not.toMatch(/"version"|ref: refs|endpoint/);
    }
  });
});
