import { existsSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { type Journey, read, type TestUser, write } from './journey.ts';
import type { Tape } from './tape.ts';

/** A page as a visitor's browser had it once it was quiet. */
export interface Visited {
  /** HTTP status of the document. */
  status: number;
  /** Where redirects and the page's own routing ended. */
  url: string;
  title: string;
  /** The visible text. */
  text: string;
  /** What the console showed as errors, and exceptions that nobody caught. */
  errors: string[];
  /** Every request but the page's own document, with its status; null when it got no answer, with the reason. */
  requests: { method: string; url: string; status: number | null; failure: string | null }[];
}

/** A real browser without extensions, cookies or history, for at most 15 seconds a page. */
export interface Browser {
  /**
   * Opens a page; nothing is clicked or typed.
   * @param unreachable origins that get no answer in this visit, as if their servers were down
   */
  visit: (url: string, unreachable?: string[]) => Promise<Visited>;
  /** Reads the blog as a visitor does, by clicking. @param page the origin of its page */
  readBlog: (page: string) => Promise<Journey>;
  /**
   * Signs in as the test user that the environment names (`BLOG_TEST_EMAIL`, `BLOG_TEST_PASSWORD`), writes an article
   * and deletes it again: the one look that writes. Without a test user it fails with the name `NoTestUser`.
   */
  writeBlog: (page: string) => Promise<Journey>;
}

const TIME_OUT = 15_000;

/**
 * The port to a browser that is installed on this machine; without one the look fails with the name `NoBrowser`.
 *
 * @param known who signs in where the environment names nobody
 */
export function browserPort(tape: Tape, known: TestUser | null = null): Browser {
  const travel = (action: string, page: string, go: (tab: Page) => Promise<Journey>) =>
    tape.play({ port: 'browser', action, input: { page } }, async () => {
      const browser = await launch();
      try {
        return await go(await browser.newPage({ locale: 'ja-JP', ...leniency(page) }));
      } finally {
        await browser.close();
      }
    });
  return {
    readBlog: (page) => travel('readBlog', page, (tab) => read(tab, page)),
    writeBlog: (page) =>
      travel('writeBlog', page, (tab) => {
        const { BLOG_TEST_EMAIL: email = known?.email, BLOG_TEST_PASSWORD: password = known?.password } = process.env;
        if (!email || !password) throw Object.assign(new Error('no test user'), { name: 'NoTestUser' });
        return write(tab, page, { email, password });
      }),
    visit: (url, unreachable) =>
      tape.play({ port: 'browser', action: 'visit', input: { url, ...(unreachable && { unreachable }) } }, async () => {
        const browser = await launch();
        try {
          const page = await browser.newPage(leniency(url));
          for (const origin of unreachable ?? []) {
            await page.route(`${origin}/**`, (route) => route.abort('connectionrefused'));
          }
          const errors: string[] = [];
          const requests: Visited['requests'] = [];
          const answered = new Set<unknown>();
          page.on('console', (message) => {
            if (message.type() === 'error') errors.push(message.text());
          });
          page.on('pageerror', (error) => errors.push(error.message));
          // An answer counts from its headers on: a page may well never read a body to its end.
          page.on('response', (response) => {
            const request = response.request();
            answered.add(request);
            requests.push({ method: request.method(), url: request.url(), status: response.status(), failure: null });
          });
          page.on('requestfailed', (request) => {
            if (answered.has(request)) return;
            const failure = request.failure()?.errorText ?? 'unknown';
            requests.push({ method: request.method(), url: request.url(), status: null, failure });
          });
          const answer = await page.goto(url, { timeout: TIME_OUT, waitUntil: 'load' });
          await page.waitForLoadState('networkidle', { timeout: TIME_OUT });
          return {
            status: answer?.status() ?? 0,
            url: page.url(),
            title: await page.title(),
            // biome-ignore lint/performance/useDomNodeTextContent: what is hidden is not what a visitor sees
            text: await page.innerText('body'),
            errors,
            requests: requests.filter((request) => request.url !== answer?.url()),
          };
        } finally {
          await browser.close();
        }
      }),
  };
}

/**
 * The rehearsal's load balancer has a certificate that only the checks know, and they judge it themselves; nobody is between
 * us and this machine.
 */
const leniency = (page: string) => ({ ignoreHTTPSErrors: /^https?:\/\/(localhost|127\.0\.0\.1)(:|\/|$)/.test(page) });

/** An installed Chromium; a LookError named `NoBrowser` where there is none. */
export async function launch() {
  const { chromium } = await import('playwright-core');
  const executablePath = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ].find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) {
    throw Object.assign(new Error('no Chrome, Chromium or Edge on this machine'), { name: 'NoBrowser' });
  }
  // Chromium refuses to run as root inside its sandbox.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args });
}
