import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import payloads from '../src/shared/markdown/xss-payloads.json' with { type: 'json' };
import { launchChromium, newVisitor, publishArticle, signUp } from './chromium.ts';
import { type Stack, startStack } from './stack.ts';

let stack: Stack;
let browser: Browser;
let paths: string[];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchChromium()]);
  const { page, leave } = await newVisitor(browser);
  await signUp(page, stack.page);
  // Apart, so that one payload cannot swallow the next; in batches, to be done in time.
  const batches = Array.from({ length: Math.ceil(payloads.length / 30) }, (_, n) =>
    payloads.slice(n * 30, n * 30 + 30),
  );
  paths = [];
  for (const batch of batches) {
    const body = batch.join('\n\n---\n\n');
    paths.push(await publishArticle(page, stack.page, { title: `<img src=x onerror=alert(1)> ${paths.length}`, body }));
  }
  await leave();
});

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

describe('a hostile article', () => {
  // Without the content security policy too: the page has to be safe by itself.
  it.each([
    ['with the content security policy', false],
    ['without it', true],
  ])('runs nothing and calls nobody, %s', async (_how, bypassCSP) => {
    const { page, problems, leave } = await newVisitor(browser, { bypassCSP });
    const alarms: string[] = [];
    page.on('dialog', (dialog) => {
      alarms.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('popup', (popup) => alarms.push(popup.url()));
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && ![stack.page, stack.api, stack.signIn].includes(origin))
        alarms.push(request.url());
    });
    for (const path of paths) {
      await page.goto(stack.page + path);
      await page.locator('main article h1').waitFor();
      await page.locator('#comments').waitFor();
      const body = page.locator('main article > div').last();
      // Pointer and focus, which handlers smuggled into attributes wait for.
      for (const element of await body.locator('a, [tabindex]').all()) {
        await element.dispatchEvent('mouseover');
        await element.focus();
      }
      const live = await body.evaluate((root) =>
        [...root.querySelectorAll('*')].flatMap((element) => [
          ...(/^(script|iframe|object|embed|form|input|button|svg|math|style|link|meta|base|video|audio)$/i.test(
            element.tagName,
          )
            ? [element.outerHTML]
            : []),
          ...[...element.attributes].filter(({ name }) => name.startsWith('on')).map(({ name }) => name),
          ...[...element.attributes]
            .filter(
              ({ name, value }) =>
                /href|src|action/.test(name) && /^\s*(javascript|data|vbscript|blob|file):/i.test(value),
            )
            .map(({ value }) => value),
        ]),
      );
      expect(live).toEqual([]);
      expect(await body.textContent()).toContain('alert(1)');
    }
    expect(alarms).toEqual([]);
    // Pictures that don't exist are the only thing that may fail.
    expect(problems.filter((problem) => !/404|Failed to load resource/.test(problem))).toEqual([]);
    await leave();
  });

  it('does nothing in the list and in the preview either', async () => {
    const { page, leave } = await newVisitor(browser, { bypassCSP: true });
    const alarms: string[] = [];
    page.on('dialog', (dialog) => {
      alarms.push(dialog.message());
      void dialog.dismiss();
    });
    await signUp(page, stack.page);
    await page.locator('main h2 a').first().waitFor();
    expect(await page.locator('main h2 a').first().textContent()).toContain('<img src=x');
    await page.getByRole('link', { name: '書く' }).click();
    await page.getByLabel('本文', { exact: true }).fill(payloads.join('\n\n'));
    await page.getByRole('button', { name: 'プレビューを見る' }).click();
    await page.getByRole('region', { name: '本文のプレビュー' }).getByText('alert(1)').first().waitFor();
    expect(alarms).toEqual([]);
    await leave();
  });
});
