import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EC2 } from '@aws-sdk/client-ec2';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { buildNetwork } from '@blog-aws-practice/checks/corpus/network.ts';
import { REHEARSAL_CREDENTIALS } from '@blog-aws-practice/checks/rehearsal.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { learnersOf } from './class/learners.ts';
import { type CommandTrial, startCommandTrial } from './trial.ts';

let trial: CommandTrial;
let endpoint: string;
let list: string;
const client = <Client>(Class: new (config: object) => Client): Client =>
  new Class({ endpoint, region: 'ap-northeast-1', credentials: REHEARSAL_CREDENTIALS });

/** A network as `tanaka` builds it: only the VPC carries the prefix; and a secret of `suzuki`'s, one of the company's. */
beforeAll(async () => {
  trial = await startCommandTrial();
  list = join(trial.state, 'class.csv');
  await writeFile(list, '# 2026年秋\ntanaka,田中\nsuzuki,鈴木\nsato,佐藤\n');
  const { out } = await trial.run('rehearse', 'up');
  endpoint = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0] ?? '';
  const { vpc } = await buildNetwork(client(EC2));
  await client(EC2).createTags({ Resources: [vpc], Tags: [{ Key: 'Name', Value: 'tanaka-blog-aws-practice-vpc' }] });
  await client(SecretsManager).createSecret({ Name: 'suzuki-blog-aws-practice-secret', SecretString: 'x' });
  await client(SecretsManager).createSecret({ Name: 'company', SecretString: 'x' });
}, 120_000);
afterAll(() => trial.close());

const run = (...args: string[]) => trial.run('class', ...args, '--rehearsal');
const secrets = async () =>
  ((await client(SecretsManager).listSecrets({})).SecretList ?? [])
    .map(({ Name = '' }) => Name)
    .toSorted((a, b) => a.localeCompare(b));

it('prepare tells what is short, what is missing, and changes nothing', async () => {
  const { out, code } = await run('prepare', '--list', list);
  expect(out).toContain('3人分の準備を見ました（何も変えていません）。');
  expect(out).toMatch(/: VPC（リージョンごと） いま\d、全員分で\d/);
  expect(out).toContain('✗ まだありません: GitHub の OIDC プロバイダー');
  expect(out).toContain('tanaka（田中）: ');
  expect([1, 2]).toContain(code);
}, 120_000);

it('the roll-call tells who left what at what cost, the dearest first', async () => {
  const { out, code } = await run('cost', '--list', list);
  expect(code).toBe(1);
  expect(out).toContain('点呼: 3人のうち2人に、残っているものがあります。');
  expect(out).toMatch(/tanaka（田中）: \d個、1時間あたり約\$0\.0670[\s\S]*suzuki（鈴木）: 1個/);
  expect(out).toContain('何も残っていない人: sato（佐藤）');
  expect(out).toMatch(/名簿のだれのものでもないもの（触りません）:[\s\S]*シークレット company/);
}, 120_000);

it('without a list, the learners are read from the names', async () => {
  expect((await run('cost')).out).toContain('点呼: 2人のうち2人に');
}, 120_000);

it('cleanup takes nothing away without a yes, then everything of the class and nothing else', async () => {
  expect(await run('cleanup', '--list', list)).toMatchObject({ code: 1, err: expect.stringContaining('--yes') });
  expect(await secrets()).toEqual(['company', 'suzuki-blog-aws-practice-secret']);
  const { out, code } = await run('cleanup', '--list', list, '--yes');
  expect(out).toContain('tanaka の環境を片づけます。');
  expect(await secrets()).toEqual(['company']);
  const { Vpcs = [] } = await client(EC2).describeVpcs({});
  expect(Vpcs.filter(({ IsDefault }) => !IsDefault)).toEqual([]);
  expect(code).toBe(0);
  expect(await run('cleanup', '--list', list)).toMatchObject({ code: 0 });
}, 240_000);

it('a list that can’t be used is refused, line by line', () => {
  expect(() => learnersOf('tanaka\nTanaka2,大文字\ntanaka,二人目\n,名前だけ\n', 'class.csv')).toThrow(
    /2行目「Tanaka2,大文字」[\s\S]*3行目「tanaka,二人目」: 1行目と同じ接頭辞です[\s\S]*4行目「,名前だけ」: 接頭辞がありません/,
  );
  expect(() => learnersOf('\n# だれもいない\n', 'class.csv')).toThrow('だれも書かれていません');
});

it('wrong use is one sentence and 64', async () => {
  expect(await run('explode')).toMatchObject({ code: 64, err: expect.stringContaining('「explode」はできません') });
  expect(await run('cost', '--list', 'no-such-file')).toMatchObject({
    code: 64,
    err: expect.stringContaining('no-such-file'),
  });
}, 60_000);
