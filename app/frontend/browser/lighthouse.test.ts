import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumFlags, chromiumPath, launchChromium, newVisitor } from './chromium.ts';
import { freePorts, type Stack, startStack } from './stack.ts';

const reports = resolve(import.meta.dirname, '../../../.local/lighthouse');

let stack: Stack;
let article: string;

beforeAll(async () => {
  await mkdir(reports, { recursive: true });
  stack = await startStack();
  const browser = await launchChromium();
  const { page } = await newVisitor(browser);
  await page.goto(stack.page);
  article = (await page.locator('main h2 a').first().getAttribute('href')) ?? '';
  await browser.close();
});

afterAll(() => stack?.stop());

interface Scores {
  performance: number;
  others: Record<string, number>;
  /** Audits of the other categories that fail, to be mended. */
  failing: string[];
}

/** One run of Lighthouse's own mobile profile (a slow phone on slow 4G), as points of 100. */
async function measure(path: string, name: string): Promise<Scores> {
  const [port = 0] = await freePorts(1);
  const browser = await chromium.launch({
    args: [...chromiumFlags, `--remote-debugging-port=${port}`],
    ...(chromiumPath ? { executablePath: chromiumPath } : {}),
  });
  try {
    const result = await lighthouse(stack.page + path, { port, output: 'html', logLevel: 'error', locale: 'ja' });
    if (!result) throw new Error('Lighthouse gave no result');
    await writeFile(`${reports}/${name}.html`, String(result.report));
    const points = (id: string) => Math.round((result.lhr.categories[id]?.score ?? 0) * 100);
    const ids = ['accessibility', 'best-practices', 'seo'];
    const failing = ids
      .flatMap((id) => result.lhr.categories[id]?.auditRefs ?? [])
      .filter(({ id, weight }) => weight > 0 && (result.lhr.audits[id]?.score ?? 1) < 1)
      .map(({ id }) => id);
    return {
      performance: points('performance'),
      others: Object.fromEntries(ids.map((id) => [id, points(id)])),
      failing,
    };
  } finally {
    await browser.close();
  }
}

describe('Lighthouse, mobile', () => {
  it.each([
    ['list', () => '/'],
    ['article', () => article],
  ])(
    '%s: at least 97 for performance, 100 for the rest',
    async (name, path) => {
      // A busy machine can only make a run slower than the page is, so the best of a few is the nearest to the truth.
      const runs: Scores[] = [];
      while (runs.length < 5 && (runs.at(-1)?.performance ?? 0) < 97) runs.push(await measure(path(), name));
      const best = Math.max(...runs.map(({ performance }) => performance));
      console.log(
        `Lighthouse ${name}: performance ${best} (runs: ${runs.map((run) => run.performance).join(', ')})`,
        runs.at(-1)?.others,
      );
      expect(runs.flatMap(({ failing }) => failing)).toEqual([]);
      expect(runs.at(-1)?.others).toEqual({ accessibility: 100, 'best-practices': 100, seo: 100 });
      expect(best).toBeGreaterThanOrEqual(97);
    },
    300_000,
  );
});
