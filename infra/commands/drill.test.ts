import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EC2 } from '@aws-sdk/client-ec2';
import { buildNetwork } from '@blog-aws-practice/checks/corpus/network.ts';
import { REHEARSAL_CREDENTIALS } from '@blog-aws-practice/checks/rehearsal.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommandTrial, startCommandTrial } from './trial.ts';

// The command itself, with one drill; that each drill breaks and comes back is tested beside the drills.

let trial: CommandTrial;
let ec2: EC2;
const drill = (...words: string[]) => trial.run('drill', ...words, '--rehearsal');

beforeAll(async () => {
  trial = await startCommandTrial();
  const { out } = await trial.run('rehearse', 'up');
  const endpoint = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0] ?? '';
  ec2 = new EC2({ endpoint, region: 'ap-northeast-1', credentials: REHEARSAL_CREDENTIALS });
});
afterAll(() => trial.close());

const hostnames = async (VpcId: string) =>
  (await ec2.describeVpcAttribute({ VpcId, Attribute: 'enableDnsHostnames' })).EnableDnsHostnames?.Value;

test('is played from the first symptom to the time it took; nothing else is broken', { timeout: 240_000 }, async () => {
  expect(await drill('start', 'nameless-network')).toMatchObject({
    code: 1,
    err: expect.stringContaining('まだありません'),
  });
  const { vpc } = await buildNetwork(ec2);

  expect(await drill('start', 'nameless-netwrok')).toMatchObject({
    code: 64,
    err: expect.stringContaining('もしかして: nameless-network'),
  });
  expect(await drill('check')).toMatchObject({
    code: 1,
    err: expect.stringContaining('いま行っている演習はありません'),
  });
  expect(await hostnames(vpc)).toBe(true);

  const started = await drill('start', 'nameless-network');
  expect(started).toMatchObject({ code: 0, err: '' });
  expect(started.out).toContain('【電話帳のない街】');
  expect(await hostnames(vpc)).toBe(false);
  expect((await drill('start', 'lost-way-out')).err).toContain('まだ終わっていません');
  expect(await drill('check')).toMatchObject({ code: 1, out: expect.stringContaining('まだ直っていません') });

  const first = await drill('hint');
  expect(first.out).toMatch(/^なぜ: /);
  expect(first.out).not.toContain('答え:');
  await drill('hint');
  expect((await drill('hint')).out).toMatch(/なぜ: [\s\S]*どこ: [\s\S]*答え: /);

  await ec2.modifyVpcAttribute({ VpcId: vpc, EnableDnsHostnames: { Value: true } });
  const solved = await drill('check');
  expect(solved).toMatchObject({ code: 0, out: expect.stringMatching(/直りました。.*ヒント 3 回/s) });
  expect((await drill('list')).out).toMatch(/nameless-network .*解けた/);
});

test('stop brings it back, even after the command was killed while it broke', { timeout: 240_000 }, async () => {
  const { Vpcs = [] } = await ec2.describeVpcs({ Filters: [{ Name: 'cidr', Values: ['10.0.0.0/16'] }] });
  const vpc = Vpcs[0]?.VpcId ?? '';
  await drill('start', 'nameless-network');
  // As if the machine had gone down before AWS was told: all that is known is what was written down.
  await ec2.modifyVpcAttribute({ VpcId: vpc, EnableDnsHostnames: { Value: true } });
  expect(await drill('stop')).toMatchObject({ code: 0, out: expect.stringContaining('始める前に戻しました') });
  expect(await hostnames(vpc)).toBe(true);

  await drill('start', 'nameless-network');
  expect(await hostnames(vpc)).toBe(false);
  expect((await drill('stop')).code).toBe(0);
  expect(await hostnames(vpc)).toBe(true);
});

test('a file of drills that can’t be read stops everything and is kept', { timeout: 60_000 }, async () => {
  const file = join(trial.state, 'drills.json');
  const before = await readFile(file, 'utf8');
  await writeFile(file, before.slice(0, 20));
  expect(await drill('start', 'nameless-network')).toMatchObject({
    code: 1,
    err: expect.stringContaining('壊れていて'),
  });
  expect(await readFile(file, 'utf8')).toBe(before.slice(0, 20));
  await writeFile(file, before);
});

test('a real environment is not broken where nobody can be asked', { timeout: 60_000 }, async () => {
  const { code, err } = await trial.run('drill', 'start', 'nameless-network');
  expect(code).not.toBe(0);
  expect(err).toMatch(/始められませんでした|端末で実行するか/);
});
