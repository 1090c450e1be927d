import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EC2 } from '@aws-sdk/client-ec2';
import type { AwsCredentialIdentity } from '@smithy/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Moto, startMoto } from '../corpus/moto.ts';
import { type Built, buildNetwork } from '../corpus/network.ts';

const SCRIPT = join(import.meta.dirname, 'check.ts');
let moto: Moto;
let folder: string;

beforeAll(async () => {
  moto = await startMoto();
  await moto.account();
  folder = await mkdtemp(join(tmpdir(), 'check-'));
});
afterAll(async () => {
  await moto.stop();
  await rm(folder, { recursive: true });
});

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** What a learner's own shell holds: nothing of the machine that runs the tests. */
function environment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: folder,
    AWS_CONFIG_FILE: join(folder, 'no-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    BLOG_AWS_PRACTICE_STATE: join(folder, 'state'),
    ...env,
  };
}

function start(words: string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [SCRIPT, ...words], { env: environment(env), stdio: 'pipe' });
  const ran: Ran = { code: null, out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => {
    ran.out += text.toString();
  });
  child.stderr.on('data', (text: Buffer) => {
    ran.err += text.toString();
  });
  return { child, ran };
}

async function check(words: string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const { child, ran } = start(words, env);
  child.stdin.end();
  const [code] = await once(child, 'close');
  return { ...ran, code };
}

const aws = ({ accessKeyId, secretAccessKey, sessionToken }: AwsCredentialIdentity): NodeJS.ProcessEnv => ({
  AWS_ENDPOINT_URL: moto.endpoint,
  AWS_REGION: 'ap-northeast-1',
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_SESSION_TOKEN: sessionToken,
});

async function account(build: (ec2: EC2) => Promise<unknown> = async () => {}) {
  const credentials = await moto.account();
  const ec2 = new EC2({ endpoint: moto.endpoint, region: 'ap-northeast-1', credentials });
  await build(ec2);
  ec2.destroy();
  return aws(credentials);
}

function statuses(json: string): string[] {
  const { results }: { results: { status: string }[] } = JSON.parse(json);
  return [...new Set(results.map(({ status }) => status))];
}

describe('an account with nothing in it', () => {
  test('fails and blocks with exit code 1, tells what to do, shows no stack trace', async () => {
    const { code, out, err } = await check(['chapter-2', 'network'], await account());
    expect(code).toBe(1);
    expect(out).toMatch(/✗ 不合格 +VPC 10\.0\.0\.0\/16 がある/);
    for (const label of ['現在', '期待', '直し方', '画面', 'CLI', 'CDK', '読む', '再確認', '次にすること']) {
      expect(out).toContain(label);
    }
    expect(out).toContain('https://ap-northeast-1.console.aws.amazon.com/vpcconsole/home?region=ap-northeast-1#vpcs:');
    expect(out + err).not.toMatch(/\n\s+at .*:\d+/);
    expect(out).not.toContain('\u001b');
  });

  test('a check that is asked for alone brings what stands before it', async () => {
    const { code, out } = await check(['chapter-2', 'network/nat-gateway'], await account());
    expect(code).toBe(1);
    expect(out).toMatch(/この前に片づけるところ\n\n {2}✗ 不合格 +VPC 10\.0\.0\.0\/16 がある/);
    expect(out).toContain('保留 1（全 1 件');
  });
});

test('the network built by other means passes with exit code 0; the JSON stands alone and has the agreed shape', async () => {
  const { code, out, err } = await check(['chapter-2', 'network', '--json'], await account(buildNetwork));
  expect(code).toBe(0);
  expect(err).toBe('');
  const report = JSON.parse(out);
  expect(Object.keys(report)).toEqual([
    'version',
    'chapter',
    'mode',
    'account',
    'region',
    'startedAt',
    'durationMs',
    'results',
    'summary',
  ]);
  expect(report).toMatchObject({ version: 1, chapter: 'chapter-2', mode: 'aws', region: 'ap-northeast-1' });
  expect(report.account).toMatch(/^\d{12}$/);
  const [first] = report.results;
  expect(Object.keys(first)).toEqual([
    'id',
    'step',
    'title',
    'status',
    'evidence',
    'expected',
    'why',
    'fix',
    'links',
    'resources',
    'blockedBy',
    'missingAction',
  ]);
  expect(first.resources[0].origin).toBe('console');
  expect(report.summary).toEqual({ pass: report.results.length, fail: 0, pending: 0, blocked: 0, unknown: 0 });
});

test('on the emulator’s own user the mode is rehearsal', async () => {
  const key = { accessKeyId: 'test', secretAccessKey: 'test' };
  const { out } = await check(['chapter-2', 'network', '--json'], aws(key));
  expect(JSON.parse(out)).toMatchObject({ mode: 'rehearsal', account: '123456789012' });
});

describe('what we could not look at is unknown, exit code 2, with one sentence', () => {
  test('no credentials', async () => {
    const { code, out } = await check(['chapter-2', 'network', '--json'], { AWS_REGION: 'ap-northeast-1' });
    expect(code).toBe(2);
    expect(statuses(out)).toEqual(['unknown']);
    expect(JSON.parse(out).results[0].evidence).toContain('AWS の認証情報が見つからない');
    expect(out).toContain('aws login');
  });

  test('no credentials while a rehearsal is up: --rehearsal is offered, and works', async () => {
    const state = join(folder, 'rehearsing');
    await mkdir(join(state, 'rehearsal'), { recursive: true });
    const running = { endpoint: moto.endpoint, pid: process.pid, startedAt: new Date().toISOString() };
    await writeFile(join(state, 'rehearsal', 'state.json'), JSON.stringify(running));
    const env = { AWS_REGION: 'ap-northeast-1', BLOG_AWS_PRACTICE_STATE: state };
    expect((await check(['chapter-2', 'network'], env)).out.replaceAll(/\s/g, '')).toContain('--rehearsalを付けると');
    const { code, out } = await check(['chapter-2', 'network', '--rehearsal'], env);
    expect(code).toBe(1);
    expect(out).toContain('（リハーサル、アカウント 123456789012、ap-northeast-1）');
    expect(out).toMatch(/CLI +(npx )?pnpm aws ec2 create-vpc/);
  });

  test('--rehearsal without one is wrong use', async () => {
    const { code, err } = await check(['chapter-2', '--rehearsal']);
    expect(code).toBe(64);
    expect(err).toContain('リハーサルが動いていません');
  });

  test('another region, unless it is asked for', async () => {
    const env = { ...(await account()), AWS_REGION: 'us-east-1' };
    const without = await check(['chapter-2', 'network'], env);
    expect(without.code).toBe(2);
    expect(without.out).toContain('リージョンが us-east-1 のため');
    expect((await check(['chapter-2', 'network', '--region', 'us-east-1'], env)).code).toBe(1);
  });

  test('no region at all', async () => {
    const { code, out } = await check(['chapter-2', 'network'], { ...(await account()), AWS_REGION: undefined });
    expect(code).toBe(2);
    expect(out).toContain('リージョンが設定されていない');
  });

  test('a dead endpoint', async () => {
    const { code, out } = await check(['chapter-2', 'network'], {
      ...(await account()),
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    });
    expect(code).toBe(2);
    expect(out.match(/ECONNREFUSED/g)).toHaveLength(1);
  });
});

describe('--record and --replay', () => {
  test('the replay gives the same results with the network off, and judges what it is told to', async () => {
    const file = join(folder, 'record.json');
    const live = await check(['chapter-2', 'network', '--json', '--record', file], await account(buildNetwork));
    expect(live.code).toBe(0);
    const dead = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
    const replayed = await check(['chapter-2', 'network', '--json', '--replay', file], dead);
    expect(replayed.code).toBe(0);
    const [before, after] = [JSON.parse(live.out), JSON.parse(replayed.out)];
    expect(after.results).toEqual(before.results);
    expect(after).toMatchObject({ mode: 'replay', account: before.account, region: before.region });
    const other = await check(['preflight', 'budget', '--json', '--replay', file], dead);
    expect(statuses(other.out)).toEqual(['unknown']);
    expect(other.code).toBe(2);
  });

  test('a replay of failures is the same too, and the recording holds no credentials', async () => {
    const file = join(folder, 'failing.json');
    const env = await account();
    const live = await check(['chapter-2', 'network', '--json', '--record', file], env);
    const replayed = await check(['chapter-2', 'network', '--json', '--replay', file]);
    expect(replayed.code).toBe(1);
    expect(JSON.parse(replayed.out).results).toEqual(JSON.parse(live.out).results);
    const text = await readFile(file, 'utf8');
    for (const secret of [env.AWS_SECRET_ACCESS_KEY, env.AWS_SESSION_TOKEN]) expect(text).not.toContain(secret);
  });

  test.each([
    ['missing', null, '見つかりません'],
    ['cut off', '{"format":"blog-aws-practice/checks-rec', '途中で切れているか、JSON ではありません'],
    ['foreign', '{"hello":1}', 'の記録ではありません'],
    ['of a newer version', '{"format":"blog-aws-practice/checks-recording","version":9}', '別の版（9）'],
    ['damaged', '{"format":"blog-aws-practice/checks-recording","version":1}', '中身が壊れています'],
  ])('a file that is %s: one sentence, exit code 64', async (name, text, sentence) => {
    const file = join(folder, `${name}.json`);
    if (text !== null) await writeFile(file, text);
    const { code, out, err } = await check(['chapter-2', '--replay', file]);
    expect(code).toBe(64);
    expect(out).toBe('');
    expect(err).toContain(sentence);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('wrong use: one sentence, exit code 64', () => {
  test.each([
    [['chapter2'], 'もしかして: pnpm check chapter-2'],
    [['chapter-2', 'netwrok'], 'もしかして: pnpm check chapter-2 network'],
    [['chapter-2', '--jsno'], '「--jsno」というオプションはありません'],
    [['chapter-2', '--junit'], '--junit には値が要ります'],
    [['chapter-2', '--interval', 'x', '--wait'], '秒数は0より大きい数'],
    [['chapter-2', '--json', '--watch'], '一緒に使えません'],
    [['--json'], '--json には章を指定してください'],
    [['chapter-2', '--replay', 'x', '--rehearsal'], '一緒に使えません'],
  ])('%j', async (words, sentence) => {
    const { code, out, err } = await check(words);
    expect([code, out]).toEqual([64, '']);
    expect(err).toContain(sentence);
  });

  test('--help is Japanese and fits 80 columns', async () => {
    const { code, out } = await check(['--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/^使い方: pnpm check/);
    expect(out).not.toMatch(/Options:|Usage:|default/);
  });
});

test('--junit, --html and --map are written beside the report; a path that can’t be written is said', async () => {
  const env = await account();
  const [xml, page, map] = [join(folder, 'r.xml'), join(folder, 'r.html'), join(folder, 'r.svg')];
  const { code } = await check(['chapter-2', 'network', '--junit', xml, '--html', page, '--map', map], env);
  expect(code).toBe(1);
  expect(await readFile(xml, 'utf8')).toContain('<testsuites name="chapter-2"');
  expect(await readFile(page, 'utf8')).toContain('<html lang="ja">');
  expect(await readFile(page, 'utf8')).toContain('data-part="vpc"');
  expect(await readFile(map, 'utf8')).toContain('data-part="vpc"');
  const bad = await check(['chapter-2', 'network', '--junit', join(folder, 'no', 'folder.xml')], env);
  expect(bad.code).toBe(64);
  expect(bad.err).toContain('に書けません（ENOENT）');
});

test('without arguments: how far one has come, and the next step; a file cut off in the middle is no obstacle', async () => {
  const state = join(folder, 'progressing');
  const env = { ...(await account(buildNetwork)), BLOG_AWS_PRACTICE_STATE: state };
  await check(['chapter-2', 'network'], env);
  const after = await check([], env);
  expect(after.code).toBe(0);
  expect(after.out).toMatch(/✓ .*合格（\d+ 件）/);
  expect(after.out).toMatch(/次にすること: .*はじめる前に/);
  expect(after.out).toContain('pnpm check preflight account');
  await writeFile(join(state, 'progress.json'), '{"version":1,"aw');
  expect((await check([], env)).code).toBe(0);
});

test('--vpc is remembered for the next run', async () => {
  let built: Built | undefined;
  const env = await account(async (ec2) => {
    await buildNetwork(ec2);
    built = await buildNetwork(ec2);
  });
  const own = { ...env, BLOG_AWS_PRACTICE_STATE: join(folder, 'choosing') };
  expect((await check(['chapter-2', 'network/vpc'], own)).code).toBe(1);
  expect((await check(['chapter-2', 'network', '--vpc', built?.vpc ?? ''], own)).code).toBe(0);
  const { code, out } = await check(['chapter-2', 'network', '--json'], own);
  expect(code).toBe(0);
  expect(JSON.parse(out).results[0].resources[0].id).toBe(built?.vpc);
});

test('--watch looks again on Enter and ends cleanly with Ctrl-C', async () => {
  const env = await account();
  const { child, ran } = start(['chapter-2', 'network/vpc', '--watch', '--interval', '600'], env);
  const shown = async (times: number) => {
    while (ran.err.split('Ctrl-C で終わります').length <= times) await once(child.stderr, 'data');
  };
  await shown(1);
  child.stdin.write('\n');
  await shown(2);
  child.kill('SIGINT');
  const [code, signal] = await once(child, 'close');
  expect([code, signal]).toEqual([1, null]);
  expect(ran.out.match(/✗ 不合格/g)).toHaveLength(2);
});

test('a chapter’s own zx script does the same', async () => {
  const zx = join(import.meta.dirname, '..', 'node_modules', 'zx', 'build', 'cli.js');
  const script = join(import.meta.dirname, '..', 'chapter-2', 'check.ts');
  const child = spawn(process.execPath, [zx, script, 'network/vpc', '--json'], { env: environment(await account()) });
  let out = '';
  child.stdout.on('data', (text: Buffer) => {
    out += text.toString();
  });
  const [code] = await once(child, 'close');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ chapter: 'chapter-2', summary: { fail: 1 } });
});
