import { EC2 } from '@aws-sdk/client-ec2';
import { ECS } from '@aws-sdk/client-ecs';
import { RDS } from '@aws-sdk/client-rds';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildDatabase, type WithDatabase } from '../../corpus/database.ts';
import { each } from '../../corpus/each.ts';
import { type Judged, judge, rejudge } from '../../corpus/judged.ts';
import { type Moto, startMoto } from '../../corpus/moto.ts';
import { sampled, sampledBuilds } from '../../corpus/sampled.ts';
import type { Call } from '../../ports/tape.ts';

// The right secret beside the right database, then one mistake at a time. No message may hold a password.

const PASSWORD = 'canary/p@ss';
const STEP = 'chapter-2/secrets';

interface Scene {
  ec2: EC2;
  ecs: ECS;
  rds: RDS;
  secrets: SecretsManager;
  built: WithDatabase;
  /** What the secret should hold. */
  right: Record<string, string>;
}

interface Case {
  name: string;
  /** What the secret holds, in place of the right values; null makes none. */
  holds?: (scene: Scene) => Promise<Record<string, unknown> | string | null>;
  make?: (scene: Scene) => Promise<string[] | undefined>;
  names?: string[];
  edit?: (call: Call) => unknown;
}

interface Mistake extends Case {
  caught: string;
}

const without = (pairs: Record<string, string>, key: string) =>
  Object.fromEntries(Object.entries(pairs).filter(([one]) => one !== key));
const renamed =
  (from: string, to: string) =>
  async ({ right }: Scene) => ({ ...without(right, from), [to]: right[from] });
const changed =
  (key: string, value: string) =>
  async ({ right }: Scene) => ({ ...right, [key]: value });
const url =
  (password: string, host?: string) =>
  async ({ right }: Scene) => ({
    DATABASE_URL: `postgresql://bloguser:${password}@${host ?? right.host}:5432/blogdb?sslmode=verify-full`,
    SUPABASE_URL: right.SUPABASE_URL,
  });

const mistakes: Mistake[] = [
  { name: 'まだ作っていない', caught: 'secret', holds: async () => null, names: ['シークレットがありません'] },
  {
    name: '「プレーンテキスト」で入れた',
    caught: 'secret',
    holds: async ({ right }) => `host=${right.host} password=${PASSWORD}`,
    make: async ({ secrets }) => {
      const { SecretList = [] } = await secrets.listSecrets({});
      return [SecretList[0]?.Name ?? '', 'プレーンテキスト'];
    },
  },
  {
    name: '計画の名前が、削除の予約でふさがっている',
    caught: 'secret',
    holds: async () => null,
    make: async ({ secrets }) => {
      await secrets.createSecret({ Name: 'blog-aws-practice-secret', SecretString: '{}' });
      await secrets.deleteSecret({ SecretId: 'blog-aws-practice-secret', RecoveryWindowInDays: 7 });
      return ['blog-aws-practice-secret', '削除の予約'];
    },
  },
  {
    name: 'RDS に管理させた認証情報しかない',
    caught: 'secret',
    edit: ({ action, output }) =>
      action === 'secretsmanager:ListSecrets' &&
      each(output, 'SecretList', (secret) => ({ ...secret, Name: 'rds!cluster-0123', OwningService: 'rds' })),
    names: ['rds!cluster-0123', '7日ごと'],
  },
  {
    name: 'SUPABASE_URL を入れていない',
    caught: 'keys',
    holds: async ({ right }) => without(right, 'SUPABASE_URL'),
    names: ['SUPABASE_URL'],
  },
  {
    name: 'password を入れていない',
    caught: 'keys',
    holds: async ({ right }) => without(right, 'password'),
    names: ['password'],
  },
  {
    name: 'dbname を入れていない',
    caught: 'keys',
    holds: async ({ right }) => without(right, 'dbname'),
    names: ['dbname'],
  },
  {
    name: 'キーを Password と書いた',
    caught: 'keys',
    holds: renamed('password', 'Password'),
    names: ['「Password」', 'password'],
  },
  { name: 'キーの後ろに空白がある', caught: 'keys', holds: renamed('host', 'host '), names: ['「host 」'] },
  {
    name: 'キーを supabase_url と書いた',
    caught: 'keys',
    holds: renamed('SUPABASE_URL', 'supabase_url'),
    names: ['「supabase_url」'],
  },
  { name: '値を空のままにした', caught: 'keys', holds: changed('SUPABASE_URL', ''), names: ['SUPABASE_URL', '空です'] },
  {
    name: 'リーダーエンドポイントを入れた',
    caught: 'connection',
    holds: async ({ rds, right }) => {
      const { DBClusters = [] } = await rds.describeDBClusters({});
      return { ...right, host: DBClusters[0]?.ReaderEndpoint ?? '' };
    },
    names: ['リーダーエンドポイント', 'cluster-ro-'],
  },
  {
    name: 'インスタンスのエンドポイントを入れた',
    caught: 'connection',
    holds: async ({ rds, right }) => {
      const { DBInstances = [] } = await rds.describeDBInstances({});
      return { ...right, host: DBInstances[0]?.Endpoint?.Address ?? '' };
    },
    names: ['インスタンス kiji-a'],
  },
  {
    name: 'localhost のままにした',
    caught: 'connection',
    holds: changed('host', 'localhost'),
    names: ['localhost', 'タスク自身'],
  },
  {
    name: 'エンドポイントを写し間違えた',
    caught: 'connection',
    holds: changed('host', 'kiji.cluster-zzz.ap-northeast-1.rds.amazonaws.com'),
    names: ['このクラスターのエンドポイントではありません'],
  },
  { name: 'ポートを 3306 にした', caught: 'connection', holds: changed('port', '3306'), names: ['port'] },
  { name: 'データベース名を間違えた', caught: 'connection', holds: changed('dbname', 'blog'), names: ['dbname'] },
  { name: 'ユーザー名を間違えた', caught: 'connection', holds: changed('username', 'postgres'), names: ['username'] },
  {
    name: 'パスワードの後ろに改行が付いている',
    caught: 'connection',
    holds: changed('password', `${PASSWORD}\n`),
    names: ['キー password', '改行'],
  },
  {
    name: 'DATABASE_URL のパスワードの記号を、そのまま書いた',
    caught: 'connection',
    holds: url('canary/p@ss'),
    names: ['DATABASE_URL', '%40'],
  },
  {
    name: 'DATABASE_URL のホストが localhost',
    caught: 'connection',
    holds: url('canary', 'localhost'),
    names: ['DATABASE_URL のホスト', 'localhost'],
  },
  {
    name: '自動ローテーションを有効にした',
    caught: 'rotation',
    edit: ({ action, output }) =>
      action === 'secretsmanager:ListSecrets' &&
      each(output, 'SecretList', (secret) => ({ ...secret, RotationEnabled: true })),
    names: ['himitsu', '自動ローテーション'],
  },
  {
    name: 'シークレットを書き換えて、タスクを入れ替えていない',
    caught: 'in-use',
    make: async (scene) => {
      await runService(scene);
      return ['himitsu', 'kiji-service'];
    },
    // A minute later than the deployment.
    edit: ({ action, output }) => {
      const later = new Date(Date.now() + 60_000);
      if (action === 'secretsmanager:ListSecrets') {
        return each(output, 'SecretList', (secret) => ({ ...secret, LastChangedDate: later }));
      }
      return (
        action === 'secretsmanager:ListSecretVersionIds' &&
        each(output, 'Versions', (version) => ({ ...version, CreatedDate: later }))
      );
    },
  },
];

const rightBuilds: Case[] = [
  { name: '計画どおり（別の名前、タグなし）' },
  {
    name: '環境変数の名前をそのままキーにした',
    holds: async ({ right }) => ({
      DATABASE_HOST: right.host,
      DATABASE_PORT: right.port,
      DATABASE_USER: right.username,
      DATABASE_PASSWORD: right.password,
      DATABASE_NAME: right.dbname,
      SUPABASE_URL: right.SUPABASE_URL,
    }),
  },
  { name: 'DATABASE_URL 1つにまとめた（記号は書き換えてある）', holds: url(encodeURIComponent(PASSWORD)) },
  { name: 'ポートが数で入っている', holds: async ({ right }) => ({ ...right, port: 5432 }) },
  {
    name: 'RDS が作った余分なキーもある',
    holds: async ({ right }) => ({ ...right, engine: 'postgres', dbClusterIdentifier: 'kiji' }),
  },
  {
    name: 'サービスが、書き換えより後に動き始めている',
    make: async (scene) => {
      await runService(scene);
      return undefined;
    },
  },
  {
    name: '関係のないシークレットと、RDS が管理するものが隣にある',
    make: async ({ secrets }) => {
      await secrets.createSecret({ Name: 'api-key', SecretString: '{"token":"canary"}' });
      await secrets.createSecret({ Name: 'note', SecretString: 'canary' });
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
    const { caught } = mistake;
    const alarms = [...judged.results].filter(([, { status }]) => status !== 'pass' && status !== 'blocked');
    expect(alarms.map(([id, { status }]) => [id, status])).toEqual([[caught, 'fail']]);
    const said = judged.results.get(caught);
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
    expect(results.size).toBeGreaterThan(4);
    passed += 1;
  });

  afterAll(() => {
    console.log(`正しい構成: ${passed}/${builds.length} が合格（誤報 ${builds.length - passed}）`);
  });
});

/** Builds, spoils, judges; gives the verdicts and what the message has to name. Nothing of it may hold a secret. */
async function play(scenario: Case): Promise<{ judged: Judged; names: string[] }> {
  const credentials = await moto.account();
  const settings = { endpoint: moto.endpoint, region: 'ap-northeast-1', credentials };
  const [ec2, ecs, rds, secrets] = [
    new EC2(settings),
    new ECS(settings),
    new RDS(settings),
    new SecretsManager(settings),
  ];
  try {
    const built = await buildDatabase(ec2, rds);
    const { DBClusters = [] } = await rds.describeDBClusters({});
    const right = {
      host: DBClusters[0]?.Endpoint ?? '',
      port: '5432',
      username: 'bloguser',
      password: PASSWORD,
      dbname: 'blogdb',
      SUPABASE_URL: 'https://abcdefghijklmnop.supabase.co',
    };
    const scene = { ec2, ecs, rds, secrets, built, right };
    const holds = scenario.holds ? await scenario.holds(scene) : right;
    if (holds !== null) {
      const SecretString = typeof holds === 'string' ? holds : JSON.stringify(holds);
      await secrets.createSecret({ Name: typeof holds === 'string' ? 'blog-himitsu' : 'himitsu', SecretString });
    }
    const names = [...((await scenario.make?.(scene)) ?? []), ...(scenario.names ?? [])];
    expect(names).not.toContain('');
    const real = await judge(STEP, { endpoint: moto.endpoint, credentials });
    const { edit } = scenario;
    const judged = edit ? await rejudge(STEP, real.calls, (call) => edit(call) || undefined) : real;
    expect(JSON.stringify([[...judged.results], judged.calls])).not.toContain('canary');
    return { judged, names };
  } finally {
    for (const client of [ec2, ecs, rds, secrets]) client.destroy();
  }
}

/** A service of whatever image in the private subnets, begun now. */
async function runService({ ecs, built }: Scene): Promise<void> {
  await ecs.createCluster({ clusterName: 'kiji' });
  await ecs.registerTaskDefinition({
    family: 'kiji',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions: [{ name: 'server', image: 'example.com/server' }],
  });
  await ecs.createService({
    cluster: 'kiji',
    serviceName: 'kiji-service',
    taskDefinition: 'kiji',
    desiredCount: 1,
    launchType: 'FARGATE',
    networkConfiguration: {
      awsvpcConfiguration: { subnets: built.network.privateSubnets, securityGroups: [built.groups.ecs] },
    },
  });
}
