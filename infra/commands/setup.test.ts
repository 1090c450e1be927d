import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { whyNotNode } from './setup/node.mjs';
import { identify, runs } from './start/identity.mjs';

/** A small repository with this set-up in it: one package whose install script counts how often it ran, one command. */
let root: string;
const started: ChildProcess[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'set-up-'));
  const here = import.meta.dirname;
  const commands = join(root, 'infra', 'commands');
  for (const name of ['setup.mjs', 'setup', 'start'])
    cpSync(join(here, name), join(commands, name), { recursive: true });
  const { packageManager } = JSON.parse(readFileSync(join(here, '../../package.json'), 'utf8'));
  write(
    'package.json',
    JSON.stringify({ packageManager, scripts: { hello: 'exec node infra/commands/setup.mjs hello' } }),
  );
  write('pnpm-workspace.yaml', 'packages:\n  - app/*\npmOnFail: ignore\n');
  write('pnpm-lock.yaml', LOCKFILE);
  write('app/blog/package.json', JSON.stringify({ name: 'blog', scripts: { postinstall: 'node install.mjs' } }));
  write('app/blog/install.mjs', INSTALL);
  write('infra/commands/hello.ts', `console.log('hello', process.argv.slice(2).join(' ')); process.exitCode = 7;`);
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

const INSTALL = `import { appendFileSync } from 'node:fs'; appendFileSync('../../times', 'x');`;

const LOCKFILE = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

importers:

  .: {}

  app/blog: {}
`;

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

const times = () => (existsSync(join(root, 'times')) ? readFileSync(join(root, 'times'), 'utf8').length : 0);

function start(command: string[], env: NodeJS.ProcessEnv = {}): { child: ChildProcess; said: () => string } {
  const [program = '', ...args] = command;
  const { npm_lifecycle_event: _, SET_UP_PID: __, ...clean } = process.env;
  const child = spawn(program, args, { cwd: root, env: { ...clean, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  return { child, said: () => said };
}

async function setUp(args: string[] = []) {
  const { child, said } = start([process.execPath, 'infra/commands/setup.mjs', ...args]);
  const [code] = await once(child, 'close');
  return { code, said: said() };
}

describe('the set-up', () => {
  test('installs and hands over with the arguments and the exit code; the second time only hands over', async () => {
    const first = await setUp(['hello', 'a', '--b']);
    expect(first.said).toMatch(/✓ 使うパッケージを入れました.*\nhello a --b/);
    expect(first.code).toBe(7);
    expect(await setUp(['hello', 'again'])).toEqual({ code: 7, said: 'hello again\n' });
    expect(times()).toBe(1);
  });

  test('installs again when a manifest changed or node_modules is gone', async () => {
    await setUp();
    rmSync(join(root, 'node_modules'), { recursive: true });
    expect((await setUp()).said).toContain('✓ 使うパッケージを入れました');
    write('package.json', readFileSync(join(root, 'package.json'), 'utf8').replace('{', '{"description":"x",'));
    expect((await setUp()).said).toContain('✓ 使うパッケージを入れました');
  });

  test('says in a sentence that manifest and lockfile differ, with pnpm’s own words', async () => {
    write('app/blog/package.json', JSON.stringify({ name: 'blog', dependencies: { zod: '4.6.7' } }));
    const { code, said } = await setUp(['hello']);
    expect(said).toContain('package.json と pnpm-lock.yaml が食い違っています');
    expect(said).toContain('zod');
    expect(said).not.toContain('    at ');
    expect(code).toBe(1);
  });

  test('says in a sentence that an install script failed, with its own words', async () => {
    write('app/blog/install.mjs', `console.error('no space for a toaster'); process.exit(1)`);
    const { code, said } = await setUp(['hello']);
    expect(said).toMatch(/パッケージを入れられませんでした[\s\S]*no space for a toaster/);
    expect(code).toBe(1);
  });

  test('refuses a command that is not there', async () => {
    expect(await setUp(['helo'])).toMatchObject({
      code: 64,
      said: expect.stringContaining('「helo」というコマンドはありません'),
    });
  });

  test('killed half-way leaves no process, and the next one does it again', async () => {
    write(
      'app/blog/install.mjs',
      `import { writeFileSync } from 'node:fs'; writeFileSync('../../pid', String(process.pid)); setInterval(() => {}, 1000);`,
    );
    const { child } = start([process.execPath, 'infra/commands/setup.mjs', 'hello']);
    const pid = await pidIn('pid');
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(identify(pid)).toBeNull(), { timeout: 10_000 });
    write('app/blog/install.mjs', INSTALL);
    expect(await setUp(['hello'])).toMatchObject({ code: 7 });
    expect(times()).toBe(1);
  });

  test('two at once: one waits for the other, and the work is done once', async () => {
    write('app/blog/install.mjs', `${INSTALL} await new Promise((done) => setTimeout(done, 1000));`);
    const both = await Promise.all([setUp(['hello']), setUp(['hello'])]);
    expect(both.map(({ code }) => code)).toEqual([7, 7]);
    expect(times()).toBe(1);
    expect(both.map(({ said }) => said).join()).toContain('✓ ほかの準備が終わりました');
  });
});

describe('the command it hands over to', () => {
  beforeEach(() =>
    write(
      'infra/commands/hello.ts',
      `import { writeFileSync } from 'node:fs';
       for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => { console.log(signal); process.exit(3); });
       writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000);`,
    ),
  );

  test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('gets %s, and its exit code is passed on', async (signal) => {
    const { child, said } = start([process.execPath, 'infra/commands/setup.mjs', 'hello']);
    await pidIn('pid');
    child.kill(signal);
    const [code] = await once(child, 'close');
    expect(said()).toContain(signal);
    expect(code).toBe(3);
  });

  test('is asked to end when npm is killed', async () => {
    const { child, said } = start(['npm', 'run', 'hello']);
    const pid = await pidIn('pid');
    const command = identify(pid);
    if (!command) throw new Error('it never ran');
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(runs(command)).toBe(false), { timeout: 10_000 });
    // What it said on its way may still be in the pipe.
    await vi.waitFor(() => expect(said()).toContain('SIGTERM'), { timeout: 10_000 });
  });
});

test('a machine whose Node can’t begin is told so in one sentence', () => {
  const root24 = join(import.meta.dirname, '../..');
  const why = (version: string, platform = 'linux', arch = 'x64') => whyNotNode(root24, { version, platform, arch });
  expect(why('v20.20.2')).toBeNull();
  expect(why('v24.21.0', 'darwin', 'arm64')).toBeNull();
  expect(why('v26.0.0', 'freebsd')).toBeNull();
  expect(why('v18.20.0')).toMatch(/^Node.js v18.20.0 は古くて動きません（20 以上が必要です）。https/);
  expect(why('v20.20.2', 'darwin', 'arm64')).toMatch(
    /^この機械（darwin arm64）には Node.js 24 を自動では用意できません/,
  );
  expect(why('v24.21.0', 'win32')).toContain('WSL2');
});

async function pidIn(file: string): Promise<number> {
  await vi.waitUntil(() => existsSync(join(root, file)) && readFileSync(join(root, file), 'utf8') !== '', {
    timeout: 30_000,
  });
  return Number(readFileSync(join(root, file), 'utf8'));
}
