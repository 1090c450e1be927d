import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ACM } from '@aws-sdk/client-acm';
import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { ECS } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { buildDatabase, type WithDatabase } from '@blog-aws-practice/checks/corpus/database.ts';
import { type Built, buildNetwork } from '@blog-aws-practice/checks/corpus/network.ts';
import { buildService, CLUSTER, type Clients, SERVICE } from '@blog-aws-practice/checks/corpus/service.ts';
import { REHEARSAL_CREDENTIALS } from '@blog-aws-practice/checks/rehearsal.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../rehearsal/faults.ts';
import { type CommandTrial, startCommandTrial } from './trial.ts';

let trial: CommandTrial;
let endpoint: string;
let aws: Clients & { rds: RDS };

beforeAll(async () => {
  trial = await startCommandTrial();
  const { out } = await trial.run('rehearse', 'up');
  endpoint = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0] ?? '';
  const config = { endpoint, region: 'ap-northeast-1', credentials: REHEARSAL_CREDENTIALS };
  aws = {
    acm: new ACM(config),
    applicationAutoScaling: new ApplicationAutoScaling(config),
    ec2: new EC2(config),
    ecr: new ECR(config),
    ecs: new ECS(config),
    elbv2: new ElasticLoadBalancingV2(config),
    iam: new IAM(config),
    logs: new CloudWatchLogs(config),
    rds: new RDS(config),
    secretsManager: new SecretsManager(config),
  };
});
afterAll(() => trial.close());

const reset = () => fetch(`${endpoint}/_rehearsal/reset`, { method: 'POST' });
const faults = (list: Fault[]) => fetch(`${endpoint}/_rehearsal/faults`, { method: 'PUT', body: JSON.stringify(list) });
const run = (command: string, ...args: string[]) => trial.run(command, ...args, '--rehearsal');

async function living() {
  const { NatGateways = [] } = await aws.ec2.describeNatGateways({});
  return NatGateways.filter(({ State }) => State !== 'deleted');
}
async function addresses() {
  return (await aws.ec2.describeAddresses({})).Addresses ?? [];
}
/** Every route of the VPC as `table destination target`. */
async function routes(vpc: string): Promise<string[]> {
  const { RouteTables = [] } = await aws.ec2.describeRouteTables({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] });
  return RouteTables.flatMap(({ RouteTableId, Routes = [] }) =>
    Routes.map(
      (route) =>
        `${RouteTableId} ${route.DestinationCidrBlock || route.DestinationPrefixListId} ${route.NatGatewayId || route.GatewayId}`,
    ),
  ).toSorted();
}
async function service() {
  const [{ services: [one] = [] }, { ScalableTargets: [target] = [] }] = await Promise.all([
    aws.ecs.describeServices({ cluster: CLUSTER, services: [SERVICE] }),
    aws.applicationAutoScaling.describeScalableTargets({ ServiceNamespace: 'ecs' }),
  ]);
  return { desired: one?.desiredCount, min: target?.MinCapacity, max: target?.MaxCapacity };
}
async function database(id: string) {
  return (await aws.rds.describeDBClusters({ DBClusterIdentifier: id })).DBClusters?.[0]?.Status;
}

describe('with nothing built', { timeout: 120_000 }, () => {
  it.each(['pause', 'resume'])('%s says so in one sentence', async (command) => {
    const { code, out, err } = await run(command);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^(休ませるもの|元に戻すもの)はありません（.*）。\n$/);
  });

  it('cost says that nothing costs by the hour', async () => {
    const { code, out } = await run('cost');
    expect(code).toBe(0);
    expect(out).toContain('時間で料金がかかるものは動いていません');
    expect(out).toContain('$90.50');
  });
});

describe.each(['pause', 'resume', 'cost'])('%s', { timeout: 120_000 }, (command) => {
  it('explains itself in Japanese', async () => {
    const { code, out } = await trial.run(command, '--help');
    expect(code).toBe(0);
    expect(out).toContain('使い方:');
    expect(out).toContain('--rehearsal');
  });

  it('refuses an unknown option with 64', async () => {
    const { code, err } = await trial.run(command, '--bogus');
    expect([code, err.includes('--bogus')]).toEqual([64, true]);
  });
});

describe.each(['pause', 'resume'])('%s', { timeout: 120_000 }, (command) => {
  it('never takes a rehearsal for real AWS', async () => {
    const keys = { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' };
    const { code, err } = await trial.runWith({ ...keys, AWS_REGION: 'ap-northeast-1' }, command, '--yes');
    expect(code).toBe(1);
    expect(err).toContain('AWS_ENDPOINT_URL がリハーサル用の AWS を指しています');
  });
});

describe('a network alone, built by hand', { timeout: 240_000 }, () => {
  let network: Built;
  let before: string[];
  beforeAll(async () => {
    await reset();
    network = await buildNetwork(aws.ec2);
    await aws.ec2.createTags({ Resources: [network.nat], Tags: [{ Key: 'Name', Value: '出口' }] });
    await aws.ec2.createTags({ Resources: [network.allocation], Tags: [{ Key: 'Name', Value: '住所' }] });
    // A route that has nothing to do with the gateway.
    await aws.ec2.createRoute({
      RouteTableId: network.privateTables[0],
      DestinationCidrBlock: '192.168.0.0/16',
      GatewayId: network.gateway,
    });
    before = await routes(network.vpc);
  });

  it('stays as it is without --network, and without a yes', async () => {
    expect(await run('pause', '--yes')).toMatchObject({ code: 0, out: expect.stringContaining('pause --network') });
    const { code, out, err } = await run('pause', '--network');
    expect(code).toBe(1);
    expect(out).toContain(`NAT ゲートウェイ ${network.nat}`);
    expect(out).toContain('減る料金: 1時間あたり約$0.0670');
    expect(err).toContain('--yes');
    expect(await routes(network.vpc)).toEqual(before);
    expect(await living()).toHaveLength(1);
  });

  it('costs what its NAT gateway and address cost', async () => {
    const { code, out } = await run('cost', '--json');
    expect(code).toBe(0);
    const told = JSON.parse(out) as {
      mode: string;
      total: { hour: { usd: number; yen: number }; day: { usd: number } };
      untilMonthEnd: { hours: number; usd: number };
      estimates: { plan: { usd: number }; book: { usd: number } };
    };
    expect(told.mode).toBe('rehearsal');
    expect(told.total.hour).toEqual({ usd: 0.067, yen: 10.05 });
    expect(told.total.day.usd).toBeCloseTo(1.608, 6);
    expect(told.untilMonthEnd.usd).toBeCloseTo(told.untilMonthEnd.hours * 0.067, 2);
    expect(told.estimates.plan.usd).toBe(90.5);
    expect(told.estimates.book.usd).toBeCloseTo(170, 0);
    const { out: words } = await run('cost');
    expect(words).toContain('NAT ゲートウェイ');
    expect(words).toContain('このまま月末まで忘れると');
  });

  it('loses gateway, address and their routes, and nothing else', async () => {
    const { code, out } = await run('pause', '--network', '--yes');
    expect([code, out]).toEqual([0, expect.stringContaining('Elastic IP')]);
    expect(await living()).toEqual([]);
    expect(await addresses()).toEqual([]);
    expect(await routes(network.vpc)).toEqual(before.filter((route) => !route.includes(network.nat)));
    expect(before.filter((route) => route.includes(network.nat))).toHaveLength(2);
  });

  it('has nothing to pause a second time', async () => {
    expect(await run('pause', '--network', '--yes')).toMatchObject({
      code: 0,
      out: '休ませるものはありません。\n',
    });
  });

  it('comes back whole even when the resume is cut off: one gateway, one address, the same names and routes', async () => {
    await faults([{ kind: 'deny', action: 'ec2:CreateRoute' }]);
    const cut = await run('resume', '--yes');
    expect([cut.code, cut.err]).toEqual([1, expect.stringContaining('もう一度')]);
    expect(cut.err).not.toContain('    at ');
    await faults([]);
    expect(await run('resume', '--yes')).toMatchObject({ code: 0 });
    const [nat, ...others] = await living();
    const [address, ...more] = await addresses();
    expect([others, more]).toEqual([[], []]);
    expect(nat).toMatchObject({ SubnetId: network.publicSubnets[0], Tags: [{ Key: 'Name', Value: '出口' }] });
    expect(address?.Tags).toEqual([{ Key: 'Name', Value: '住所' }]);
    const now = await routes(network.vpc);
    expect(now.map((route) => route.replace(nat?.NatGatewayId ?? '', network.nat))).toEqual(before);
    await aws.ec2.deleteRoute({
      RouteTableId: network.privateTables[0],
      DestinationCidrBlock: '192.168.0.0/16',
    });
    const { out, code } = await run('check', 'chapter-2', 'network', '--json');
    expect((JSON.parse(out) as { summary: object }).summary).toMatchObject({
      fail: 0,
      blocked: 0,
      unknown: 0,
      pending: 0,
    });
    expect(code).toBe(0);
    expect(await run('resume', '--yes')).toMatchObject({ code: 0, out: expect.stringContaining('ありません') });
  });

  it('a pause that is cut off half-way goes on, and comes back as it was at first', async () => {
    const first = await routes(network.vpc);
    const [{ NatGatewayId: old = '' } = {}] = await living();
    await faults([{ kind: 'deny', action: 'ec2:ReleaseAddress' }]);
    expect(await run('pause', '--network', '--yes')).toMatchObject({ code: 1 });
    await faults([]);
    expect([await living(), (await addresses()).length]).toEqual([[], 1]);
    expect(await run('pause', '--network', '--yes')).toMatchObject({ code: 0 });
    expect(await addresses()).toEqual([]);
    expect(await run('resume', '--yes')).toMatchObject({ code: 0 });
    const [{ NatGatewayId: made = '' } = {}] = await living();
    expect((await routes(network.vpc)).map((route) => route.replace(made, old))).toEqual(first);
  });
});

describe('a service and its database, built by hand', { timeout: 240_000 }, () => {
  let built: WithDatabase;
  beforeAll(async () => {
    await reset();
    built = await buildDatabase(aws.ec2, aws.rds);
    await buildService(aws, built.network);
    const [cluster, ScalableDimension] = [CLUSTER, 'ecs:service:DesiredCount'] as const;
    await aws.ecs.updateService({ cluster, service: SERVICE, desiredCount: 3 });
    await aws.applicationAutoScaling.registerScalableTarget({
      ServiceNamespace: 'ecs',
      ResourceId: `service/${CLUSTER}/${SERVICE}`,
      ScalableDimension,
      MinCapacity: 2,
      MaxCapacity: 5,
    });
  });
  const before = { desired: 3, min: 2, max: 5 };

  it('is remembered before anything changes, goes to rest when cut off and run again, and comes back exactly', async () => {
    await faults([{ kind: 'deny', action: 'ecs:UpdateService' }]);
    const cut = await run('pause', '--yes');
    expect([cut.code, cut.err]).toEqual([1, expect.stringContaining('UpdateService')]);
    await faults([]);
    expect(await service()).toEqual({ ...before, min: 0 });
    expect(await database(built.cluster)).toBe('available');

    const { code, out } = await run('pause', '--yes');
    expect(code).toBe(0);
    expect(out).toContain('タスクを3から0に、Auto Scaling の最小を2から0に');
    expect(out).toContain('7日たつと');
    expect(out).toContain('NAT ゲートウェイ: 1時間あたり約$0.0620');
    expect(await service()).toEqual({ desired: 0, min: 0, max: 5 });
    expect(await database(built.cluster)).toBe('stopped');
    expect(await living()).toHaveLength(1);
    expect(await run('pause', '--yes')).toMatchObject({ code: 0, out: expect.stringContaining('ありません') });

    expect(await run('resume', '--yes')).toMatchObject({ code: 0 });
    expect(await service()).toEqual(before);
    expect(await database(built.cluster)).toBe('available');
    expect(await run('resume', '--yes')).toMatchObject({ code: 0, out: expect.stringContaining('ありません') });
  });

  it('leaves alone a database that was stopped before', async () => {
    await aws.rds.stopDBCluster({ DBClusterIdentifier: built.cluster });
    expect(await run('pause', '--yes')).toMatchObject({ code: 0 });
    expect(await run('resume', '--yes')).toMatchObject({ code: 0 });
    expect(await service()).toEqual(before);
    expect(await database(built.cluster)).toBe('stopped');
    await aws.rds.startDBCluster({ DBClusterIdentifier: built.cluster });
  });

  it('changes nothing where the memory can not be read, and keeps it', async () => {
    const file = join(trial.state, 'paused.json');
    await writeFile(file, '{ "half');
    const { code, err } = await run('pause', '--yes');
    expect([code, err]).toEqual([1, expect.stringContaining('paused.json が壊れていて読めません')]);
    expect(await service()).toEqual(before);
    expect(await readFile(file, 'utf8')).toBe('{ "half');
    await writeFile(file, '{}');
  });
});

describe('a network built by the CDK', { timeout: 900_000 }, () => {
  it('loses its gateway by the stack, so that the template stays true, and gets it back', async () => {
    await reset();
    expect(await run('solve', 'chapter-2', 'network', '--yes')).toMatchObject({ code: 0 });
    expect(await run('pause', '--network', '--yes')).toMatchObject({ code: 0 });
    expect([await living(), await addresses()]).toEqual([[], []]);
    expect(await run('pause', '--network', '--yes')).toMatchObject({ code: 0, out: '休ませるものはありません。\n' });
    expect(await run('resume', '--yes')).toMatchObject({ code: 0 });
    const { out, code } = await run('check', 'chapter-2', 'network', '--json');
    const { results } = JSON.parse(out) as { results: { status: string }[] };
    expect([code, new Set(results.map(({ status }) => status))]).toEqual([0, new Set(['pass'])]);
    expect(await run('solve', 'chapter-2', 'network', '--yes')).toMatchObject({
      out: expect.stringContaining('変更はありません。'),
    });
  });
});
