import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildChapter, type Clients, clientsOf } from '@blog-aws-practice/checks/corpus/chapter.ts';
import { type Moto, startMoto } from '@blog-aws-practice/checks/corpus/moto.ts';
import { worldOf } from '@blog-aws-practice/checks/corpus/world.ts';
import { recordingTape } from '@blog-aws-practice/checks/ports/tape.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { synthesize } from '../solve/assembly.ts';
import { built } from './built.ts';
import { inWords } from './diff.ts';
import { planned } from './planned.ts';
import { type Compared, compare, type Entry } from './sheet.ts';

// A console build that is as the CDK would make it, on a real emulator; then the same account with five changes.

let moto: Moto;
let clients: Clients;
let cdk: Entry[];
let look: () => Promise<Compared[]>;
let made: Awaited<ReturnType<typeof buildChapter>>;

beforeAll(async () => {
  moto = await startMoto({ managedPolicies: true });
  const credentials = await moto.account();
  clients = clientsOf({ endpoint: moto.endpoint, region: 'ap-northeast-1', credentials });
  made = await buildAsTheCdkDoes(clients);
  const folder = await mkdtemp(join(tmpdir(), 'assembly-'));
  const certificateArn = 'arn:aws:acm:ap-northeast-1:000000000000:certificate/any';
  cdk = planned(await synthesize({ until: 'chapter-2', certificateArn }, folder));
  await rm(folder, { recursive: true });
  look = async () => {
    const { world, close } = worldOf(recordingTape(), { endpoint: moto.endpoint, credentials });
    return compare(await built(world).finally(close), cdk);
  };
}, 240_000);
afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  await moto.stop();
});

const differing = (all: Compared[]) => all.filter(({ hand, cdk: other }) => hand !== other);

test('an equal build says so', async () => {
  const all = await look();
  expect(differing(all)).toEqual([]);
  expect(all.length).toBeGreaterThan(35);
  expect(new Set(all.map(({ step }) => step)).size).toBe(6);
  expect(inWords(all, true).at(-1)).toMatch(/^すべて同じです（\d+項目）/);
});

test('five differences are told one by one, in words', async () => {
  const { ec2, ecr, elbv2, rds, applicationAutoScaling } = clients;
  await ec2.modifyVpcAttribute({ VpcId: made.network.vpc, EnableDnsHostnames: { Value: false } });
  await ec2.authorizeSecurityGroupIngress({
    GroupId: made.groups.rds,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }],
  });
  await rds.modifyDBCluster({ DBClusterIdentifier: made.cluster, BackupRetentionPeriod: 1, ApplyImmediately: true });
  await elbv2.modifyTargetGroup({ TargetGroupArn: made.service.loadBalancer.targetGroup, HealthCheckPath: '/' });
  await applicationAutoScaling.registerScalableTarget({
    ServiceNamespace: 'ecs',
    ResourceId: 'service/farm/cows',
    ScalableDimension: 'ecs:service:DesiredCount',
    MinCapacity: 1,
    MaxCapacity: 2,
  });
  const all = await look();
  expect(differing(all)).toMatchObject([
    { part: 'VPC', property: 'DNS ホスト名', hand: 'いいえ', cdk: 'はい' },
    {
      part: 'データベース（RDS）用のグループ',
      hand: 'TCP 5432 ← 10.0.0.0/16、TCP 5432 ← タスク（ECS）用',
      cdk: 'TCP 5432 ← タスク（ECS）用',
    },
    { part: 'Aurora クラスター', property: 'バックアップの保持期間', hand: '1日', cdk: '7日' },
    { part: 'ターゲットグループ', property: 'ヘルスチェックのパス', hand: '/', cdk: '/health' },
    { part: 'ECS サービス', property: 'Auto Scaling の範囲', hand: '1〜2', cdk: '1〜4' },
  ]);
  const text = inWords(all, false).join('\n');
  expect(text).toContain('≠ Aurora クラスター のバックアップの保持期間: いまは「1日」、CDK なら「7日」');
  expect(text).toContain('違う 5項目');
  await ecr.deleteRepository({ repositoryName: 'milk', force: true });
  expect(inWords(await look(), false).join('\n')).toContain('− ECR リポジトリ: まだありません');
});

/** The plan's chapter with the values that the console leaves open as the CDK sets them. */
async function buildAsTheCdkDoes(all: Clients): Promise<Awaited<ReturnType<typeof buildChapter>>> {
  const chapter = await buildChapter(all, {
    service: {
      container: (one) => ({
        ...one,
        environment: [...(one.environment ?? []), { name: 'PORT', value: '4000' }],
        secrets: [
          ...(one.secrets ?? []),
          { name: 'DATABASE_PORT', valueFrom: one.secrets?.[0]?.valueFrom?.replace(':host:', ':port:') },
        ],
      }),
      taskDefinition: { runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' } },
    },
  });
  await all.elbv2.modifyTargetGroup({
    TargetGroupArn: chapter.service.loadBalancer.targetGroup,
    HealthCheckIntervalSeconds: 15,
    HealthyThresholdCount: 2,
    UnhealthyThresholdCount: 3,
  });
  await all.ecr.putImageTagMutability({ repositoryName: 'milk', imageTagMutability: 'IMMUTABLE' });
  const rule = {
    rulePriority: 1,
    selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 20 },
    action: { type: 'expire' },
  };
  await all.ecr.putLifecyclePolicy({
    repositoryName: 'milk',
    lifecyclePolicyText: JSON.stringify({ rules: [rule] }),
  });
  return chapter;
}
