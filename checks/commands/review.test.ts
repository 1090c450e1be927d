import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EC2 } from '@aws-sdk/client-ec2';
import { STS } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mapped } from '../corpus/mapped.ts';
import { type Moto, startMoto } from '../corpus/moto.ts';
import { type Built, buildNetwork } from '../corpus/network.ts';

// The way of a learner's work to the instructor: checked, exported, handed in, looked at, and looked at again live.

let moto: Moto;
let folder: string;
let learner: NodeJS.ProcessEnv;
let ec2: EC2;
let built: Built;
let account: string;

beforeAll(async () => {
  [moto, folder] = await Promise.all([startMoto(), mkdtemp(join(tmpdir(), 'review-'))]);
  const { endpoint } = moto;
  const credentials = await moto.account();
  const settings = { endpoint, region: 'ap-northeast-1', credentials };
  ec2 = new EC2(settings);
  const sts = new STS(settings);
  account = (await sts.getCallerIdentity({})).Account ?? '';
  sts.destroy();
  built = await buildNetwork(ec2);
  // An emulator loads a service when it is first asked, which a busy machine may not do within the checks' time-out.
  await mapped({ endpoint, credentials });
  learner = {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    BLOG_AWS_PRACTICE_STATE: join(folder, 'state'),
  };
});
afterAll(async () => {
  ec2.destroy();
  await moto.stop();
  await rm(folder, { recursive: true });
});

/** A command of the workbook, run in the folder. */
async function run(command: string, words: string[], env: NodeJS.ProcessEnv = learner) {
  const child = spawn(process.execPath, [join(import.meta.dirname, `${command}.ts`), ...words], {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      INIT_CWD: folder,
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_REGION: 'ap-northeast-1',
      AWS_CONFIG_FILE: join(folder, 'none'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
      AWS_EC2_METADATA_DISABLED: 'true',
      ...env,
    },
  });
  const ran = { code: null as number | null, out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => {
    ran.out += text.toString();
  });
  child.stderr.on('data', (text: Buffer) => {
    ran.err += text.toString();
  });
  [ran.code] = await once(child, 'close');
  return ran;
}

const instructor = { AWS_ACCESS_KEY_ID: 'instructor', AWS_SECRET_ACCESS_KEY: 'x' };
const nowhere = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };

test('a learner exports what they did: no account, the parts with origin and price, and nothing of the machine', async () => {
  await run('check', ['chapter-2', 'network']);
  const { code, out } = await run('progress', ['--export', 'aoki.json', '--name', '青木']);
  expect([code, out]).toEqual([0, expect.stringContaining('aoki.json に書き出しました')]);
  const text = await readFile(join(folder, 'aoki.json'), 'utf8');
  for (const secret of [account, 'arn:', folder]) expect(text).not.toContain(secret);
  const { aws, running } = JSON.parse(text);
  expect(aws['chapter-2/network/vpc']).toMatchObject({ status: 'pass', origins: ['console'] });
  expect(running.parts).toEqual([{ label: 'NAT ゲートウェイ', origin: 'console', usdPerHour: 0.067 }]);
});

test('where nobody can look at AWS, the export says so and still holds the progress', async () => {
  const { code, out } = await run('progress', ['--export', 'blind.json'], { ...learner, ...nowhere });
  expect(code).toBe(0);
  expect(out).toContain('AWS を見られなかった');
  expect(JSON.parse(await readFile(join(folder, 'blind.json'), 'utf8')).running).toBeNull();
  await rm(join(folder, 'blind.json'));
});

test('the next step and the time of each, as JSON', async () => {
  const { steps, next } = JSON.parse((await run('progress', ['--json'])).out);
  const network = steps.find(({ id }: { id: string }) => id === 'chapter-2/network');
  expect(network).toMatchObject({ checks: 12, passed: 12 });
  expect(next).toBe('preflight/account');
});

describe('the instructor', () => {
  test('sees the class in the terminal, as a page and as CSV', async () => {
    const { code, out } = await run('review', ['aoki.json', '--html', 'class.html', '--csv', 'class.csv'], instructor);
    expect(code).toBe(0);
    expect(out).toMatch(/1 人の進み具合（本物の AWS）/);
    expect(out).toContain('・青木');
    expect(await readFile(join(folder, 'class.html'), 'utf8')).toContain('<th scope="row">青木</th>');
    expect(await readFile(join(folder, 'class.csv'), 'utf8')).toContain('青木');
  });

  test('looks again live with a role: what was said is confirmed, and what is no longer so is named', async () => {
    await writeFile(join(folder, 'roles.csv'), `青木,arn:aws:iam::${account}:role/review,between-us\n`);
    const words = ['aoki.json', '--verify', 'roles.csv', '--json'];
    const before = await run('review', words, instructor);
    expect(before.code).toBe(0);
    expect(JSON.parse(before.out).verified).toEqual([{ learner: '青木', confirmed: 12, differing: [], failure: null }]);
    await ec2.deleteRoute({ RouteTableId: built.publicTable, DestinationCidrBlock: '0.0.0.0/0' });
    const after = await run('review', words, instructor);
    expect(after.code).toBe(1);
    const [{ differing }] = JSON.parse(after.out).verified;
    expect(differing).toContainEqual(
      expect.objectContaining({ check: 'chapter-2/network/public-routes', now: 'fail' }),
    );
  });

  test('is told who could not be looked at', async () => {
    await writeFile(join(folder, 'roles.csv'), `馬場,arn:aws:iam::${account}:role/review\n`);
    const { code, out } = await run('review', ['aoki.json', '--verify', 'roles.csv'], instructor);
    expect([code, out]).toEqual([2, expect.stringContaining('馬場 さんのファイルがありません')]);
  });

  test('opens a question’s file offline: the same results and the map, without the learner’s account', async () => {
    const asked = await run('help-me', ['chapter-2', 'network', '--out', 'question.json']);
    expect(asked.code).toBe(0);
    const file = join(folder, 'question.json');
    expect(await readFile(file, 'utf8')).not.toContain(account);
    const words = ['chapter-2', 'network', '--replay', file, '--json', '--map', join(folder, 'map.svg')];
    const { out } = await run('check', words, { ...nowhere, BLOG_AWS_PRACTICE_STATE: join(folder, 'elsewhere') });
    const { results, mode } = JSON.parse(out);
    expect(mode).toBe('replay');
    const failed = results.filter(({ status }: { status: string }) => status === 'fail');
    expect(failed.map(({ id }: { id: string }) => id)).toEqual(['chapter-2/network/public-routes']);
    expect(await readFile(join(folder, 'map.svg'), 'utf8')).toContain(`data-id="${built.nat}"`);
  });
});

test.each([
  ['review', []],
  ['review', ['aoki.json', '--verify', 'none.csv']],
  ['progress', ['--export', 'no/folder.json']],
  ['progress', ['--exprot', 'x']],
  ['help-me', ['chapter-9']],
])('%s %j: one sentence, exit code 64', async (command, words) => {
  const { code, err } = await run(command, words);
  expect(code).toBe(64);
  expect(err).toMatch(/[ぁ-ん]/);
  expect(err).not.toMatch(/\n\s+at /);
});
