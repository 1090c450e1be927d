import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readState, type StartState } from './start/state.ts';
import { findChromium, missingChromium } from './test/chromium.ts';

/**
 * The whole of `npm start`, in a clone of its own as a newcomer has it (nothing installed), with the machine's own Node.
 * The tests go on from one another: what one wrote, the next finds again.
 */
const repository = resolve(import.meta.dirname, '../..');
const mark = `BLOG_AWS_PRACTICE_TEST=${randomUUID()}`;
let clone: string;
let browser: Browser;
const started: ChildProcess[] = [];

beforeAll(async () => {
  clone = mkdtempSync(join(tmpdir(), 'clone-'));
  // As the working tree is now, so that what is not committed yet is tested too.
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: repository,
    encoding: 'utf8',
  });
  for (const file of files.split('\0').filter(Boolean))
    if (existsSync(join(repository, file))) cpSync(join(repository, file), join(clone, file));

  const executablePath = findChromium(process.env);
  if (executablePath === null) throw new Error(missingChromium(process.platform));
  browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
});

afterAll(async () => {
  await browser?.close();
  for (const child of started) if (child.exitCode === null) signalGroup(child, 'SIGTERM');
  await vi.waitFor(() => expect(ours()).toEqual([]), { timeout: 30_000, interval: 100 });
  rmSync(clone, { recursive: true, force: true });
});

/** The environment of somebody who has only Node and npm: nothing that this test run added. */
function newcomer(): NodeJS.ProcessEnv {
  const [name = '', value] = mark.split('=');
  const kept = Object.entries(process.env).filter(
    ([key]) =>
      !/^(npm_(?!config_)|VITEST|NODE_(ENV|OPTIONS|PATH)$|SET_UP_PID$|DATABASE_URL$|PG|TEST$|FORCE_COLOR$)/.test(key),
  );
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter), [name]: value };
}

interface Start {
  child: ChildProcess;
  said: () => string;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
}

function npmStart(env: NodeJS.ProcessEnv = {}): Start {
  // A group of its own, like a terminal's foreground job.
  const child = spawn('npm', ['start'], {
    cwd: clone,
    env: { ...newcomer(), ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  return { child, said: () => said, ended: once(child, 'close').then(([code]: unknown[]) => Number(code)) };
}

/** Waits until everything answers; where it ended instead, shows what it said. */
async function up(start: Start): Promise<StartState> {
  const isUp = vi.waitUntil(
    () => {
      const state = readState(join(clone, '.local/start/state.json'));
      return state && Object.keys(state.urls).length > 0 ? state : null;
    },
    { timeout: 240_000, interval: 100 },
  );
  const state = await Promise.race([
    isUp,
    start.ended.then((code) => Promise.reject(new Error(`${code}: ${start.said()}`))),
  ]);
  await vi.waitUntil(() => start.said().includes('Ctrl-C'), { timeout: 5000 });
  return state;
}

/** Every process that descends from a start of this test, however it was detached. */
function ours(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark)) return [];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return command ? [`${pid} ${command}`] : [];
      } catch {
        return []; // it ended while we looked, or it is not ours to read
      }
    });
}

const expectNothingLeft = () => vi.waitFor(() => expect(ours()).toEqual([]), { timeout: 30_000, interval: 100 });

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-(child.pid ?? 0), signal);
  } catch {
    // it has ended
  }
}

const pageOf = (state: StartState) => state.urls.ブログ ?? '';

describe('npm start', { timeout: 300_000 }, () => {
  let first: Start;
  let state: StartState;

  test('in an empty folder: the page shows the articles; one signs up, writes, and sees it on top after a reload', async () => {
    first = npmStart();
    state = await up(first);
    expect(first.said()).toContain('✓ 使うパッケージを入れました');
    expect(first.said()).toMatch(/次にすること[\s\S]*pnpm check/);
    for (const url of Object.values(state.urls)) expect(first.said()).toContain(url);

    const context = await browser.newContext({ locale: 'ja-JP', viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(pageOf(state));
    const titles = page.getByRole('main').getByRole('article').getByRole('heading');
    await titles.first().waitFor();
    expect(await titles.count()).toBeGreaterThanOrEqual(10);
    await page.screenshot({ path: screenshot('articles') });

    await page.goto(`${pageOf(state)}/sign-up?next=/write`);
    await page.getByLabel('メールアドレス').fill('hanako@example.com');
    await page.getByLabel('パスワード').fill('correct horse battery');
    await page.getByRole('button', { name: '登録する' }).click();
    await page.getByLabel('題名').fill('はじめての記事');
    await page.getByLabel('本文').fill('リハーサルで **書きました**。');
    await page.screenshot({ path: screenshot('write') });
    await page.getByRole('button', { name: /公開/ }).click();
    await page.getByRole('heading', { name: 'はじめての記事' }).waitFor();

    await page.goto(pageOf(state));
    await page.reload();
    await titles.first().waitFor();
    expect(await titles.first().textContent()).toBe('はじめての記事');
    await page.screenshot({ path: screenshot('on-top') });
    expect(errors).toEqual([]);
    await context.close();
  });

  test('a second one in the same folder says that the first runs, and where', async () => {
    const second = npmStart();
    expect(await second.ended).toBe(1);
    expect(second.said()).toContain(`npm start（pid ${state.supervisor.pid}）が動いています`);
    expect(second.said()).toContain(pageOf(state));
    expect((await fetch(pageOf(state))).status).toBe(200);
  });

  test('Ctrl-C ends all of it', async () => {
    signalGroup(first.child, 'SIGINT');
    expect(await first.ended).toBe(0);
    expect(first.said()).toContain('すべて終わりました');
    await expectNothingLeft();
    expect(readState(join(clone, '.local/start/state.json'))).toBeNull();
  });

  test('the next one has nothing to install and finds what was written; the death of a part ends all and is named', async () => {
    const start = npmStart();
    state = await up(start);
    expect(start.said()).not.toContain('入れました');
    expect(await newestTitle(state)).toBe('はじめての記事');

    const api = state.held.find(({ part }) => part === 'ブログの API');
    process.kill(api?.process.pid ?? 0, 'SIGKILL');
    expect(await start.ended).toBe(1);
    expect(start.said()).toContain('「ブログの API」が止まったので');
    expect(start.said()).not.toContain('    at ');
    await expectNothingLeft();
  });

  test.for(['npm', 'the supervisor'] as const)(
    'SIGKILL of %s leaves nothing, and the next one starts',
    async (victim) => {
      const start = npmStart();
      state = await up(start);
      process.kill(victim === 'npm' ? (start.child.pid ?? 0) : state.supervisor.pid, 'SIGKILL');
      await expectNothingLeft();
    },
  );

  test('killed in the middle of a start, at any moment, the next one starts', async () => {
    for (const moment of ['PostgreSQL', '見本の記事', 'ブログの API']) {
      const start = npmStart();
      await vi.waitUntil(() => start.said().includes(`✓ ${moment}`) || start.child.exitCode !== null, {
        timeout: 60_000,
        interval: 5,
      });
      signalGroup(start.child, 'SIGKILL');
    }
    const start = npmStart();
    state = await up(start);
    expect(await newestTitle(state)).toBe('はじめての記事');
    start.child.kill('SIGTERM');
    await start.ended;
    await expectNothingLeft();
  });

  test('refuses a database elsewhere, in one sentence', async () => {
    const start = npmStart({ DATABASE_URL: 'postgresql://me:secret@db.example.com/blog' });
    expect(await start.ended).toBe(1);
    expect(start.said()).toContain('db.example.com はこの機械ではない');
    expect(start.said()).not.toContain('secret');
  });
});

async function newestTitle(state: StartState): Promise<string | null> {
  const page = await browser.newPage();
  try {
    await page.goto(pageOf(state));
    const title = page.getByRole('main').getByRole('article').getByRole('heading').first();
    await title.waitFor();
    return await title.textContent();
  } finally {
    await page.close();
  }
}

/** Where a person looks at the pictures afterwards: `.local/test/screenshots`. */
function screenshot(name: string): string {
  const folder = join(repository, '.local/test/screenshots');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}
