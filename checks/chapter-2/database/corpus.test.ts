import { EC2 } from '@aws-sdk/client-ec2';
import { RDS } from '@aws-sdk/client-rds';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addInstance, buildDatabase, type DatabaseDeviations, type WithDatabase } from '../../corpus/database.ts';
import { each } from '../../corpus/each.ts';
import { type Judged, judge, rejudge } from '../../corpus/judged.ts';
import { type Moto, startMoto } from '../../corpus/moto.ts';
import { buildNetwork } from '../../corpus/network.ts';
import { sampled, sampledBuilds } from '../../corpus/sampled.ts';
import { addGroup, buildGroups, letIn } from '../../corpus/security-groups.ts';
import type { Call } from '../../ports/tape.ts';

// The right database, built by plain calls, then one mistake at a time. What the emulator can't be in (creating, stopped,
// I/O-Optimized, waiting for a restart) is edited into the recorded calls.

interface Scene {
  ec2: EC2;
  rds: RDS;
  built: WithDatabase;
}

interface Case {
  name: string;
  building?: DatabaseDeviations;
  make?: (scene: Scene) => Promise<string[] | undefined>;
  names?: string[];
  /** The database is not built at all. */
  withoutDatabase?: true;
  edit?: (call: Call) => unknown;
}

interface Mistake extends Case {
  caught: string;
  status?: 'fail' | 'pending';
}

const serverless = (min: number): DatabaseDeviations => ({
  cluster: { ServerlessV2ScalingConfiguration: { MinCapacity: min, MaxCapacity: 1 } },
  instance: { class: 'db.serverless' },
});

const mistakes: Mistake[] = [
  {
    name: 'まだ作っていない',
    caught: 'cluster',
    withoutDatabase: true,
    make: async ({ rds, built }) => {
      await rds.createDBSubnetGroup({
        DBSubnetGroupName: 'naka',
        DBSubnetGroupDescription: 'x',
        SubnetIds: built.network.privateSubnets,
      });
      return [built.network.vpc];
    },
  },
  {
    name: 'Aurora ではない RDS の PostgreSQL を作った',
    caught: 'cluster',
    withoutDatabase: true,
    make: async ({ rds, built }) => {
      await rds.createDBSubnetGroup({
        DBSubnetGroupName: 'naka',
        DBSubnetGroupDescription: 'x',
        SubnetIds: built.network.privateSubnets,
      });
      await rds.createDBInstance({
        DBInstanceIdentifier: 'plain',
        DBInstanceClass: 'db.t4g.micro',
        Engine: 'postgres',
        AllocatedStorage: 20,
        MasterUsername: 'bloguser',
        MasterUserPassword: 'correct-horse-battery',
        DBSubnetGroupName: 'naka',
      });
      return ['plain', 'Aurora ではない'];
    },
  },
  {
    name: 'Aurora MySQL を作った',
    caught: 'cluster',
    building: { cluster: { Engine: 'aurora-mysql', EngineVersion: '8.0.mysql_aurora.3.08.0' } },
    names: ['kiji', 'aurora-mysql'],
  },
  {
    name: 'デフォルト VPC に作った',
    caught: 'cluster',
    withoutDatabase: true,
    make: async ({ ec2, rds, built }) => {
      await rds.createDBSubnetGroup({
        DBSubnetGroupName: 'naka',
        DBSubnetGroupDescription: 'x',
        SubnetIds: built.network.privateSubnets,
      });
      const { Vpcs = [] } = await ec2.describeVpcs({ Filters: [{ Name: 'is-default', Values: ['true'] }] });
      const standard = Vpcs[0]?.VpcId ?? '';
      const { Subnets = [] } = await ec2.describeSubnets({ Filters: [{ Name: 'vpc-id', Values: [standard] }] });
      await rds.createDBSubnetGroup({
        DBSubnetGroupName: 'default-vpc',
        DBSubnetGroupDescription: 'x',
        SubnetIds: Subnets.map(({ SubnetId }) => SubnetId ?? ''),
      });
      await rds.createDBCluster({
        DBClusterIdentifier: 'soto',
        Engine: 'aurora-postgresql',
        MasterUsername: 'bloguser',
        MasterUserPassword: 'correct-horse-battery',
        DBSubnetGroupName: 'default-vpc',
      });
      return ['soto', standard];
    },
  },
  {
    name: 'VPC に入らない「エクスプレス設定」で作った',
    caught: 'cluster',
    edit: ({ action, output }) =>
      action === 'rds:DescribeDBClusters' &&
      each(output, 'DBClusters', (cluster) => ({ ...cluster, DBSubnetGroup: undefined })),
    names: ['kiji', 'エクスプレス'],
  },
  {
    name: 'クラスターが作成中（間違いではない）',
    caught: 'cluster',
    status: 'pending',
    edit: ({ action, output }) =>
      action === 'rds:DescribeDBClusters' &&
      each(output, 'DBClusters', (cluster) => ({ ...cluster, Status: 'creating' })),
    names: ['kiji', 'creating'],
  },
  {
    name: 'クラスターを止めたまま',
    caught: 'cluster',
    edit: ({ action, output }) =>
      action === 'rds:DescribeDBClusters' &&
      each(output, 'DBClusters', (cluster) => ({ ...cluster, Status: 'stopped' })),
    names: ['kiji', '止められています'],
  },
  {
    name: 'サブネットグループにパブリックサブネットを入れた',
    caught: 'subnet-group',
    building: { subnets: ({ privateSubnets, publicSubnets }) => [...privateSubnets, ...publicSubnets] },
    make: async ({ built }) => [built.subnetGroup, ...built.network.publicSubnets],
  },
  {
    name: 'サブネットグループがパブリックサブネットだけ',
    caught: 'subnet-group',
    building: { subnets: ({ publicSubnets }) => publicSubnets },
    make: async ({ built }) => [built.subnetGroup, '10.0.1.0/24'],
  },
  {
    name: 'サブネットグループのサブネットが1つだけ',
    caught: 'subnet-group',
    building: { subnets: ({ privateSubnets }) => privateSubnets.slice(0, 1) },
    make: async ({ built }) => [built.subnetGroup, built.network.privateSubnets[0]],
  },
  {
    name: 'インスタンスを作っていない',
    caught: 'instance',
    building: { instance: null },
    names: ['kiji', 'インスタンスがありません'],
  },
  {
    name: '「本番稼働用」のまま、大きなクラスにした',
    caught: 'instance',
    building: { instance: { class: 'db.r7g.large' } },
    names: ['kiji-a', 'db.r7g.large'],
  },
  {
    name: 'リーダーも付けた',
    caught: 'instance',
    make: async ({ rds, built }) => {
      await addInstance(rds, built.cluster, 'kiji-b');
      return ['kiji-b', 'リーダー'];
    },
  },
  {
    name: 'インスタンスが作成中（間違いではない）',
    caught: 'instance',
    status: 'pending',
    edit: ({ action, output }) =>
      action === 'rds:DescribeDBInstances' &&
      each(output, 'DBInstances', (one) => ({ ...one, DBInstanceStatus: 'creating' })),
    names: ['kiji-a', 'creating'],
  },
  {
    name: 'インスタンスの作成に失敗した',
    caught: 'instance',
    edit: ({ action, output }) =>
      action === 'rds:DescribeDBInstances' &&
      each(output, 'DBInstances', (one) => ({ ...one, DBInstanceStatus: 'incompatible-network' })),
    names: ['kiji-a', 'incompatible-network'],
  },
  {
    name: '0.5 ACU なら休むと思っている',
    caught: 'capacity',
    building: serverless(0.5),
    names: ['kiji', '0.5 ACU', '休みません'],
  },
  {
    name: '「パブリックアクセス: あり」にした',
    caught: 'not-public',
    building: { instance: { public: true } },
    names: ['kiji-a', 'パブリックアクセス'],
  },
  {
    name: 'default グループだけが付いている',
    caught: 'security-group',
    building: {
      securityGroups: async (_groups, ec2, { vpc }) => {
        const { SecurityGroups = [] } = await ec2.describeSecurityGroups({
          Filters: [
            { Name: 'vpc-id', Values: [vpc] },
            { Name: 'group-name', Values: ['default'] },
          ],
        });
        return SecurityGroups.map(({ GroupId }) => GroupId ?? '');
      },
    },
    make: async ({ built }) => [built.groups.rds, 'default'],
  },
  {
    name: 'データベース用の隣に、全員に開けたグループも付けた',
    caught: 'security-group',
    building: {
      securityGroups: async (groups, ec2, { vpc }) => {
        const open = await addGroup(ec2, vpc, 'rds-launch-wizard');
        await letIn(ec2, open, 5432, '0.0.0.0/0');
        return [groups.rds, open];
      },
    },
    names: ['rds-launch-wizard', '5432'],
  },
  {
    name: 'タスク用のグループを付けた',
    caught: 'security-group',
    building: { securityGroups: async ({ ecs }) => [ecs] },
    make: async ({ built }) => [built.groups.rds, built.groups.ecs],
  },
  {
    name: '最初のデータベース名を空のままにした',
    caught: 'database-name',
    building: { cluster: { DatabaseName: undefined } },
    names: ['kiji', 'データベース名なし'],
  },
  {
    name: '暗号化を外した',
    caught: 'encryption',
    building: { cluster: { StorageEncrypted: false } },
    names: ['kiji', '暗号化されていません'],
  },
  {
    name: 'バックアップが既定の1日のまま',
    caught: 'backups',
    building: { cluster: { BackupRetentionPeriod: 1 } },
    names: ['kiji', '1日'],
  },
  {
    name: '延長サポートの PostgreSQL 13 を選んだ',
    caught: 'version',
    building: { cluster: { EngineVersion: '13.20' } },
    names: ['kiji', '13.20', '延長サポート'],
  },
  {
    name: 'rds.force_ssl が 0 のパラメータグループを付けた',
    caught: 'force-ssl',
    building: { parameters: { 'rds.force_ssl': '0' } },
    names: ['tls', 'rds.force_ssl'],
  },
  {
    name: 'PostgreSQL 16 で、既定のパラメータグループのまま',
    caught: 'force-ssl',
    building: { parameters: null, cluster: { EngineVersion: '16.4' } },
    names: ['default.', '既定のグループの値は変えられません'],
  },
  {
    name: 'パラメータグループが再起動を待っている',
    caught: 'force-ssl',
    edit: ({ action, output }) =>
      action === 'rds:DescribeDBClusters' &&
      each(output, 'DBClusters', (cluster) =>
        each(cluster, 'DBClusterMembers', (member) => ({ ...member, DBClusterParameterGroupStatus: 'pending-reboot' })),
      ),
    names: ['tls', 'kiji-a', '再起動'],
  },
  {
    name: '「Aurora I/O 最適化」を選んだ',
    caught: 'storage-price',
    edit: ({ action, output }) =>
      action === 'rds:DescribeDBClusters' &&
      each(output, 'DBClusters', (cluster) => ({ ...cluster, StorageType: 'aurora-iopt1' })),
    names: ['kiji', 'I/O 最適化'],
  },
];

const rightBuilds: Case[] = [
  { name: '計画どおり（別の名前、タグなし）' },
  { name: 'Serverless v2、0 ACU から', building: serverless(0) },
  { name: 'db.t3.medium', building: { instance: { class: 'db.t3.medium' } } },
  { name: 'PostgreSQL 17 の既定のパラメータグループ', building: { parameters: null } },
  { name: 'PostgreSQL 16 に、自分のパラメータグループ', building: { cluster: { EngineVersion: '16.4' } } },
  { name: '35日のバックアップ', building: { cluster: { BackupRetentionPeriod: 35 } } },
  {
    name: '付いているもう1つのグループが、何も受け入れない',
    building: { securityGroups: async (groups, ec2, { vpc }) => [groups.rds, await addGroup(ec2, vpc, 'only-out')] },
  },
  {
    name: 'バックアップの最中',
    edit: ({ action, output }) =>
      action === 'rds:DescribeDBClusters' &&
      each(output, 'DBClusters', (cluster) => ({ ...cluster, Status: 'backing-up' })),
  },
  {
    name: '他の人のクラスターとサブネットグループが、別の VPC にある',
    make: async ({ ec2, rds }) => {
      const theirs = await buildNetwork(ec2, {
        vpcCidr: '10.7.0.0/16',
        cidrs: Object.fromEntries([1, 2, 11, 12].map((n) => [`10.0.${n}.0/24`, `10.7.${n}.0/24`])),
      });
      await rds.createDBSubnetGroup({
        DBSubnetGroupName: 'theirs',
        DBSubnetGroupDescription: 'x',
        SubnetIds: theirs.publicSubnets,
      });
      await rds.createDBCluster({
        DBClusterIdentifier: 'theirs',
        Engine: 'aurora-mysql',
        MasterUsername: 'admin',
        MasterUserPassword: 'correct-horse-battery',
        DBSubnetGroupName: 'theirs',
      });
      return undefined;
    },
  },
];

const played = sampled(mistakes);
const builds = sampledBuilds(rightBuilds);

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
});
afterAll(() => moto.stop());

describe('a mistake is named by its check, and by no other', () => {
  const table: string[] = [];

  test.each(played)('$name → $caught', async (mistake) => {
    const { judged, names } = await play(mistake);
    const { caught, status = 'fail' } = mistake;
    const alarms = [...judged.results].filter(([, result]) => result.status !== 'pass' && result.status !== 'blocked');
    const others = alarms.filter(
      ([id, result]) => id !== caught && !(status === 'pending' && result.status === status),
    );
    expect(others).toEqual([]);
    const said = judged.results.get(caught);
    expect(said?.status).toBe(status);
    for (const word of names) expect(said?.evidence).toContain(word);
    expect(said?.cli).not.toBe('');
    table.push(`✓ ${mistake.name} → ${caught}`);
  });

  afterAll(() => {
    console.log(`${table.join('\n')}\n間違い: ${table.length}/${played.length} を名指し`);
  });
});

describe('a right build passes whole', () => {
  let passed = 0;

  test.each(builds)('$name', async (build) => {
    const { results } = (await play(build)).judged;
    expect([...results].filter(([, { status }]) => status !== 'pass')).toEqual([]);
    expect(results.size).toBeGreaterThan(10);
    passed += 1;
  });

  afterAll(() => {
    console.log(`正しい構成: ${passed}/${builds.length} が合格（誤報 ${builds.length - passed}）`);
  });
});

/** Builds, spoils, judges; gives the verdicts and what the message has to name. */
async function play(scenario: Case): Promise<{ judged: Judged; names: string[] }> {
  const credentials = await moto.account();
  const settings = { endpoint: moto.endpoint, region: 'ap-northeast-1', credentials };
  const [ec2, rds] = [new EC2(settings), new RDS(settings)];
  try {
    const built = scenario.withoutDatabase ? await onlyNetwork(ec2) : await buildDatabase(ec2, rds, scenario.building);
    const names = [...((await scenario.make?.({ ec2, rds, built })) ?? []), ...(scenario.names ?? [])];
    expect(names).not.toContain('');
    const real = await judge('chapter-2/database', { endpoint: moto.endpoint, credentials });
    const { edit } = scenario;
    const judged = edit ? await rejudge('chapter-2/database', real.calls, (call) => edit(call) || undefined) : real;
    return { judged, names };
  } finally {
    ec2.destroy();
    rds.destroy();
  }
}

async function onlyNetwork(ec2: EC2): Promise<WithDatabase> {
  const network = await buildNetwork(ec2);
  const groups = await buildGroups(ec2, network.vpc);
  return { network, groups, cluster: '', instance: '', subnetGroup: '', parameterGroup: '' };
}
