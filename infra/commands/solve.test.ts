import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandTrial, startCommandTrial } from './trial.ts';

let trial: CommandTrial;
beforeAll(async () => {
  trial = await startCommandTrial();
  expect(await trial.run('rehearse', 'up')).toMatchObject({ code: 0 });
});
afterAll(() => trial.close());

const network = ['chapter-2', 'network', '--rehearsal'];

async function ids(call: string, query: string): Promise<string[]> {
  const { out } = await trial.run('aws', 'ec2', call, '--query', query, '--output', 'json');
  return JSON.parse(out) as string[];
}
const ownVpcs = () => ids('describe-vpcs', 'Vpcs[?IsDefault==`false`].VpcId');
const livingNats = () => ids('describe-nat-gateways', 'NatGateways[?State!=`deleted`].NatGatewayId');
const addresses = () => ids('describe-addresses', 'Addresses[].AllocationId');

interface Report {
  results: { status: string; resources: { type: string; origin: string }[] }[];
  summary: Record<string, number>;
}
async function checked(): Promise<Report & { code: number }> {
  const { out, code } = await trial.run('check', ...network, '--json');
  return { ...(JSON.parse(out) as Report), code };
}

describe('the network, solved in the rehearsal', { timeout: 240_000 }, () => {
  it('fails or blocks every check before', async () => {
    const { results, code } = await checked();
    expect(code).toBe(1);
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['fail', 'blocked']));
  });

  it('shows what and for how much, and makes nothing without a yes', async () => {
    const { code, out, err } = await trial.run('solve', ...network);
    expect(code).toBe(1);
    expect(out).toContain('[+] AWS::EC2::NatGateway');
    expect(out).toContain('NAT ゲートウェイ: 1時間あたり約$0.0620');
    expect(out).toContain('合計: 1時間あたり約$0.0670');
    expect(err).toContain('--yes');
    expect(await ownVpcs()).toEqual([]);
  });

  it('passes every check afterwards, all of it built by the CDK', async () => {
    const { code, out } = await trial.run('solve', ...network, '--yes');
    expect(out).toContain('作成しました: NAT ゲートウェイ nat-');
    expect(code).toBe(0);
    const report = await checked();
    expect(report.code).toBe(0);
    expect(new Set(report.results.map(({ status }) => status))).toEqual(new Set(['pass']));
    const byOthers = report.results.flatMap(({ resources }) => resources).filter(({ origin }) => origin !== 'cdk');
    // These come with the VPC; no stack makes them.
    expect(new Set(byOthers.map(({ type }) => type))).toEqual(
      new Set(['AWS::EC2::NetworkAcl', 'AWS::EC2::RouteTable']),
    );
  });

  it('says that there is nothing to change the second time', async () => {
    const { code, out } = await trial.run('solve', ...network, '--yes');
    expect(code).toBe(0);
    expect(out).toContain('変更はありません。');
    expect(await ownVpcs()).toHaveLength(1);
  });

  it('changes what a parameter changes, and nothing else', async () => {
    const [vpc] = await ownVpcs();
    const { code, out } = await trial.run('solve', ...network, '-c', 'nat=none', '--yes');
    expect(code).toBe(0);
    expect(out).toContain('いまとの差: 減ります（1時間あたり約$0.0670');
    expect(out).toContain('削除しました: NAT ゲートウェイ');
    expect(await ownVpcs()).toEqual([vpc]);
    expect(await livingNats()).toEqual([]);
    expect(await addresses()).toEqual([]);
  });

  it('cleans up until nothing is left, and again without harm', async () => {
    const unsure = await trial.run('cleanup', '--rehearsal');
    expect(unsure).toMatchObject({ code: 1, err: expect.stringContaining('--yes') });
    expect(unsure.out).toContain('サブネット × 4');
    expect(await ownVpcs()).toHaveLength(1);

    const first = await trial.run('cleanup', '--rehearsal', '--yes');
    expect(first.out).toContain('削除しました: VPC vpc-');
    expect(await ownVpcs()).toEqual([]);
    const second = await trial.run('cleanup', '--rehearsal', '--yes');
    expect(second.out).toContain('はありません');
  });

  it('lives beside another environment, whose stack has a prefix', async () => {
    const { code, out } = await trial.run('solve', ...network, '--prefix', 'tanaka', '-c', 'nat=none', '--yes');
    expect(out).toContain('作成しました: VPC');
    expect(code).toBe(0);
    const unsure = await trial.run('solve', ...network);
    expect(unsure.out).toContain('合計: 1時間あたり約$0.0670');
    expect(await ownVpcs()).toHaveLength(1);
    expect(await trial.run('cleanup', '--rehearsal', '--prefix', 'tanaka', '--yes')).toMatchObject({ code: 0 });
    expect(await ownVpcs()).toEqual([]);
  });

  it('stops at what was built by hand, names it, and offers three ways on', async () => {
    await trial.run('aws', 'ec2', 'create-vpc', '--cidr-block', '10.0.0.0/16');
    const [vpc = ''] = await ownVpcs();
    const { code, out } = await trial.run('solve', ...network, '--yes');
    expect(code).toBe(1);
    expect(out).toContain(`・VPC ${vpc}`);
    expect(out).toMatch(/check chapter-2 network --rehearsal[\s\S]*cleanup --rehearsal[\s\S]*--prefix/);
    expect(await ownVpcs()).toEqual([vpc]);
  });

  it('never takes a rehearsal for real AWS', async () => {
    const { out } = await trial.run('rehearse', 'status');
    const endpoint = /http:\/\/[\d.:]+/.exec(out)?.[0];
    const { code, err } = await trial.runWith(
      { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'ap-northeast-1' },
      'solve',
      'chapter-2',
      'network',
      '--yes',
    );
    expect(code).toBe(1);
    expect(err).toMatch(/^AWS_ENDPOINT_URL がリハーサル用の AWS を指しています。.*\n$/);
  });
});

describe('wrong use', { timeout: 60_000 }, () => {
  it.each([
    [['chapter-9'], '「chapter-9」という、CDK で作る章はありません。'],
    [['chapter-2', 'netwrk'], 'network、security-groups'],
    [[], '章'],
    [['chapter-2', '--bogus'], '--bogus'],
    [['chapter-2', 'network', '--rehearsal', '-c', 'nat'], '-c 名前=値'],
  ])('%j is one sentence and exit code 64', async (args, part) => {
    const { code, err } = await trial.run('solve', ...args);
    expect(code).toBe(64);
    expect(err).toContain(part);
    expect(err).not.toContain('    at ');
  });

  it('a parameter that can not be used is one sentence', async () => {
    const { code, err } = await trial.run('solve', ...network, '--prefix', 'b', '-c', 'nat=7');
    expect(code).toBe(1);
    expect(err).toMatch(/^パラメータ nat の値 "7" は使えません。.*\n$/);
  });
});
