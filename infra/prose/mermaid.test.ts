import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Block, pages } from './page.ts';

// Mermaid draws with a real layout engine, so a real browser has to say whether a picture can be drawn.

const require = createRequire(import.meta.url);
const script = join(dirname(require.resolve('mermaid/package.json')), 'dist/mermaid.min.js');
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
});
afterAll(() => browser.close());

/** What Mermaid says of each picture; null for one that it can draw. */
async function errors(blocks: Pick<Block, 'value' | 'place'>[]): Promise<(string | null)[]> {
  const tab = await browser.newPage();
  try {
    await tab.setContent('<!doctype html><meta charset="utf-8"><body></body>');
    await tab.addScriptTag({ path: script });
    return await tab.evaluate(
      async (list) => {
        interface Mermaid {
          initialize: (options: object) => void;
          render: (id: string, text: string) => Promise<{ svg: string }>;
        }
        const { mermaid } = globalThis as unknown as { mermaid: Mermaid };
        mermaid.initialize({ startOnLoad: false, suppressErrorRendering: true });
        const said: (string | null)[] = [];
        for (const [index, { value, place }] of list.entries()) {
          said.push(
            await mermaid.render(`picture-${index}`, value).then(
              ({ svg }) => (svg.includes('<svg') ? null : `${place}: nothing was drawn`),
              (error: unknown) => `${place}: ${error instanceof Error ? error.message : String(error)}`,
            ),
          );
        }
        return said;
      },
      blocks.map(({ value, place }) => ({ value, place })),
    );
  } finally {
    await tab.close();
  }
}

test('every picture of the book can be drawn', async () => {
  const pictures = (await pages()).flatMap(({ blocks }) => blocks.filter(({ language }) => language === 'mermaid'));
  expect(pictures.length).toBeGreaterThan(5);
  expect((await errors(pictures)).filter((error) => error !== null)).toEqual([]);
});

test('a picture with a slip is found', async () => {
  const [good, bad] = await errors([
    { value: 'flowchart LR\n  a["甲"] --> b', place: 'good' },
    { value: 'flowchart LR\n  a["甲" --> b', place: 'bad' },
  ]);
  expect(good).toBeNull();
  expect(bad).toContain('bad');
});
