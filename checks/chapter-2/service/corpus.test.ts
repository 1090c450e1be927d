import { ACM } from '@aws-sdk/client-acm';
import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { type ContainerDefinition, ECS } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Judged, judge, rejudge } from '../../corpus/judged.ts';
import { type Moto, startMoto } from '../../corpus/moto.ts';
import { type Built, buildNetwork } from '../../corpus/network.ts';
import { sampled, sampledBuilds } from '../../corpus/sampled.ts';
import {
  type BuiltService,
  buildService,
  CLUSTER,
  type Clients,
  MIGRATION,
  SERVICE,
  type ServiceDeviations,
} from '../../corpus/service.ts';
import type { Call } from '../../ports/tape.ts';

// As in the network's corpus: the right service, then one mistake at a time, on a real emulator with the real engine.

const STEP = 'chapter-2/service';

interface Case {
  name: string;
  building?: ServiceDeviations;
  make?: (scene: Clients & { kms: KMS; network: Built; built: BuiltService }) => Promise<string[] | undefined>;
  names?: string[];
  /** Makes of the recorded calls a world that the emulator can't be in; gets what `make` gave. */
  edit?: (call: Call, made: string[]) => unknown;
}

interface Mistake extends Case {
  caught: string;
  status?: 'fail' | 'pending';
}

const secret = (change: (valueFrom: string) => string) => (container: ContainerDefinition) => ({
  ...container,
  secrets: container.secrets?.map((one) =>
    one.name === 'DATABASE_PASSWORD' ? { ...one, valueFrom: change(one.valueFrom ?? '') } : one,
  ),
});
const logs = (options: Record<string, string>) => (container: ContainerDefinition) => ({
  ...container,
  logConfiguration: {
    logDriver: 'awslogs' as const,
    options: { ...container.logConfiguration?.options, ...options },
  },
});
const environment = (name: string) => (container: ContainerDefinition) => ({
  ...container,
  environment: [...(container.environment ?? []), { name, value: 'postgresql://u:canary@h/d' }],
  secrets: container.secrets?.filter((one) => one.name !== name),
});

const mistakes: Mistake[] = [
  {
    name: '必要なタスクが0',
    caught: 'service',
    building: { service: () => ({ desiredCount: 0 }) },
    names: [SERVICE, '0'],
  },
  {
    name: '起動タイプを EC2 にした',
    caught: 'service',
    building: { service: () => ({ launchType: 'EC2' }) },
    names: [SERVICE, 'EC2'],
  },
  {
    name: 'コンテナのポートを 3000 にした',
    caught: 'task-definition',
    building: {
      container: (one) => ({ ...one, portMappings: [{ containerPort: 3000 }] }),
      service: (_network, { targetGroup }) => ({
        loadBalancers: [{ targetGroupArn: targetGroup, containerName: 'cow', containerPort: 3000 }],
      }),
    },
    names: ['cows:1', '3000', '4000'],
  },
  {
    name: 'ARM64 のタスク定義',
    caught: 'task-definition',
    building: { taskDefinition: { runtimePlatform: { cpuArchitecture: 'ARM64' } } },
    names: ['cows:1', 'ARM64'],
  },
  {
    name: '古いリビジョンのまま',
    caught: 'revision',
    make: async ({ ecs, built }) => {
      const { taskDefinition } = await ecs.describeTaskDefinition({ taskDefinition: built.taskDefinition });
      await ecs.registerTaskDefinition({
        family: 'cows',
        requiresCompatibilities: ['FARGATE'],
        networkMode: 'awsvpc',
        cpu: '256',
        memory: '512',
        containerDefinitions: taskDefinition?.containerDefinitions,
      });
      return ['cows:1', 'cows:2'];
    },
  },
  {
    name: 'パスワードを環境変数に直接書いた',
    caught: 'environment',
    building: { container: environment('DATABASE_PASSWORD') },
    names: ['cows:1', 'DATABASE_PASSWORD'],
  },
  {
    name: '接続文字列を環境変数に直接書いた',
    caught: 'environment',
    building: { container: environment('DATABASE_URL') },
    names: ['DATABASE_URL'],
  },
  {
    name: 'SUPABASE_URL を渡し忘れた',
    caught: 'environment',
    building: { container: (one) => ({ ...one, secrets: one.secrets?.filter(({ name }) => name !== 'SUPABASE_URL') }) },
    names: ['SUPABASE_URL'],
  },
  {
    name: 'CORS_ORIGIN を渡し忘れた',
    caught: 'environment',
    building: { container: (one) => ({ ...one, environment: [] }) },
    names: ['CORS_ORIGIN'],
  },
  {
    name: 'キーの大文字と小文字が違う',
    caught: 'secrets',
    building: { container: secret((from) => from.replace(':password:', ':Password:')) },
    names: ['DATABASE_PASSWORD', 'Password', 'password'],
  },
  {
    name: 'キーの末尾に空白がある',
    caught: 'secrets',
    building: {
      secret: JSON.stringify({
        host: 'h',
        username: 'u',
        'password ': 'p',
        dbname: 'd',
        SUPABASE_URL: 'https://x.example',
      }),
    },
    names: ['「password 」'],
  },
  {
    name: 'キーがない',
    caught: 'secrets',
    building: { container: secret((from) => from.replace(':password:', ':pass:')) },
    names: ['pass', 'host、username'],
  },
  {
    name: 'キーの値が空',
    caught: 'secrets',
    building: {
      secret: JSON.stringify({
        host: 'h',
        username: 'u',
        password: '',
        dbname: 'd',
        SUPABASE_URL: 'https://x.example',
      }),
    },
    names: ['password', '空'],
  },
  {
    name: '末尾の :: を忘れた',
    caught: 'secrets',
    building: { container: secret((from) => from.replace(/::$/, '')) },
    names: ['DATABASE_PASSWORD', 'コロン'],
  },
  {
    name: 'シークレットの中身がキーと値の組でない',
    caught: 'secrets',
    building: { secret: 'postgresql://u:p@h/d' },
    names: ['JSON'],
  },
  {
    name: 'ないシークレットを指している',
    caught: 'secrets',
    building: { container: secret((from) => from.replace(/secret:[^:]+/, 'secret:straw-AbCdEf')) },
    names: ['straw-AbCdEf'],
  },
  {
    name: 'シークレットが削除の予約中',
    caught: 'secrets',
    make: async ({ secretsManager, built }) => {
      await secretsManager.deleteSecret({ SecretId: built.secret, RecoveryWindowInDays: 7 });
      return ['削除の予約'];
    },
  },
  {
    name: 'シークレットの権限をタスクロールに付けた',
    caught: 'execution-role',
    building: { secretReader: 'task' },
    names: ['farmer', 'secretsmanager:GetSecretValue', 'cow'],
  },
  {
    name: 'シークレットの権限がない',
    caught: 'execution-role',
    building: { secretReader: 'nobody' },
    names: ['farmer', 'secretsmanager:GetSecretValue'],
  },
  {
    name: 'シークレットを自分の KMS キーで暗号化し、ロールに kms:Decrypt がない',
    caught: 'execution-role',
    make: async (scene) => ['farmer', 'kms:Decrypt', await ownKey(scene)],
  },
  {
    name: 'シークレットを暗号化した KMS キーを無効にした',
    caught: 'execution-role',
    make: async (scene) => {
      const KeyId = await ownKey(scene);
      await scene.kms.disableKey({ KeyId });
      return [KeyId, 'Disabled'];
    },
  },
  {
    name: 'タスク実行ロールを指定していない',
    caught: 'execution-role',
    building: { taskDefinition: { executionRoleArn: undefined } },
    names: ['指定されていません'],
  },
  {
    name: 'タスク実行ロールの信頼ポリシーが EC2 用',
    caught: 'execution-role',
    building: { trust: 'ec2.amazonaws.com' },
    names: ['farmer', 'ecs-tasks.amazonaws.com'],
  },
  {
    name: 'タスク実行ロールの基本のポリシーを外した',
    caught: 'execution-role',
    make: async ({ iam }) => {
      await iam.detachRolePolicy({
        RoleName: 'farmer',
        PolicyArn: 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy',
      });
      return ['ecr:GetAuthorizationToken', 'logs:CreateLogStream'];
    },
  },
  {
    name: 'ロググループがない',
    caught: 'logs',
    building: { container: logs({ 'awslogs-group': '/farm/cow' }) },
    names: ['/farm/cow'],
  },
  {
    name: 'ロググループを作る設定だが、権限がない',
    caught: 'logs',
    building: { container: logs({ 'awslogs-group': '/farm/cow', 'awslogs-create-group': 'true' }) },
    names: ['/farm/cow', 'logs:CreateLogGroup'],
  },
  {
    name: 'ログのリージョンが違う',
    caught: 'logs',
    building: { container: logs({ 'awslogs-region': 'us-east-1' }) },
    names: ['us-east-1'],
  },
  {
    name: 'ログの設定がない',
    caught: 'logs',
    building: { container: (one) => ({ ...one, logConfiguration: undefined }) },
    names: ['cow'],
  },
  {
    name: 'イメージのタグが違う',
    caught: 'image',
    building: { container: (one) => ({ ...one, image: one.image?.replace(':initial', ':inital') }) },
    names: [':inital', 'initial'],
  },
  {
    name: 'イメージのリポジトリ名が違う',
    caught: 'image',
    building: { container: (one) => ({ ...one, image: one.image?.replace('/milk:', '/mlik:') }) },
    names: ['mlik'],
  },
  {
    name: 'イメージのリージョンが違う',
    caught: 'image',
    building: { container: (one) => ({ ...one, image: one.image?.replace('ap-northeast-1', 'us-east-1') }) },
    names: ['us-east-1'],
  },
  { name: 'arm64 のイメージ', caught: 'image', building: { architecture: 'arm64' }, names: ['linux/arm64'] },
  {
    name: 'パブリックサブネットに置いた',
    caught: 'placement',
    building: {
      service: (network) => ({
        networkConfiguration: {
          awsvpcConfiguration: { subnets: network.publicSubnets, securityGroups: [], assignPublicIp: 'ENABLED' },
        },
      }),
    },
    make: async ({ network }) => network.publicSubnets,
  },
  {
    name: 'パブリック IP をオンにした',
    caught: 'placement',
    edit: (call) => placed(call, { assignPublicIp: 'ENABLED' }),
    names: ['パブリック IP'],
  },
  {
    name: 'default のセキュリティグループを付けた',
    caught: 'placement',
    make: async ({ ec2, network }) => {
      const { SecurityGroups = [] } = await ec2.describeSecurityGroups({
        Filters: [
          { Name: 'vpc-id', Values: [network.vpc] },
          { Name: 'group-name', Values: ['default'] },
        ],
      });
      return [SecurityGroups[0]?.GroupId ?? ''];
    },
    edit: (call, [id]) => placed(call, { securityGroups: [id] }),
  },
  {
    name: 'ロードバランサー用のセキュリティグループを付けた',
    caught: 'placement',
    make: async ({ built }) => [built.loadBalancer.group],
    edit: (call, [id]) => placed(call, { securityGroups: [id] }),
    names: ['4000番'],
  },
  {
    name: 'サービスにロードバランサーを付け忘れた',
    caught: 'load-balancing',
    building: { service: () => ({ loadBalancers: [] }) },
    names: [SERVICE],
  },
  {
    name: 'コンテナ名が違う',
    caught: 'load-balancing',
    edit: (call) =>
      each(call, 'DescribeServices', 'services', (one) => ({
        ...one,
        loadBalancers: (one.loadBalancers as Item[]).map((target) => ({ ...target, containerName: 'bull' })),
      })),
    names: ['bull', 'cow'],
  },
  {
    name: 'ターゲットが異常',
    caught: 'targets',
    edit: (call) =>
      each(call, 'DescribeTargetHealth', 'TargetHealthDescriptions', (one) => ({
        ...one,
        TargetHealth: {
          State: 'unhealthy',
          Reason: 'Target.ResponseCodeMismatch',
          Description: 'Health checks failed',
        },
      })),
    names: ['10.0.11.10:4000', 'Target.ResponseCodeMismatch'],
  },
  {
    name: 'タスクが1つも登録されていない',
    caught: 'targets',
    make: async ({ elbv2, built }) => {
      const TargetGroupArn = built.loadBalancer.targetGroup;
      await elbv2.deregisterTargets({ TargetGroupArn, Targets: [{ Id: '10.0.11.10', Port: 4000 }] });
      return undefined;
    },
    edit: (call) => each(call, 'DescribeServices', 'services', (one) => ({ ...one, pendingCount: 0 })),
  },
  {
    name: '最初のヘルスチェックを待っている',
    caught: 'targets',
    status: 'pending',
    edit: (call) =>
      each(call, 'DescribeTargetHealth', 'TargetHealthDescriptions', (one) => ({
        ...one,
        TargetHealth: { State: 'initial', Reason: 'Elb.InitialHealthChecking' },
      })),
  },
  {
    name: '新しいリビジョンが起動できず、古いタスクが動き続けている',
    caught: 'revision',
    edit: (call) =>
      each(call, 'DescribeServices', 'services', (one) => ({
        ...one,
        deployments: [
          {
            ...(one.deployments as Item[])[0],
            failedTasks: 4,
            rolloutStateReason: 'tasks failed to start.',
          },
          { status: 'ACTIVE', taskDefinition: 'arn:aws:ecs:x:task-definition/cows:0', runningCount: 1 },
        ],
      })),
    names: ['cows:1', 'cows:0', '4回'],
  },
  {
    name: '新しいリビジョンへの入れ替えの途中（間違いではない）',
    caught: 'revision',
    status: 'pending',
    edit: (call) =>
      each(call, 'DescribeServices', 'services', (one) => ({
        ...one,
        deployments: [
          ...(one.deployments as Item[]),
          { status: 'ACTIVE', taskDefinition: 'arn:aws:ecs:x:task-definition/cows:0', runningCount: 1 },
        ],
      })),
    names: ['cows:0'],
  },
  {
    name: 'マイグレーションを実行していない（サーバーがそう答える）',
    caught: 'schema',
    edit: (call) => serverSays(call, { status: 'migrations-pending', missing: ['20261101000000_init'] }),
    names: ['https://api.example.com/ready', '20261101000000_init'],
  },
  {
    name: 'マイグレーションが途中で失敗した（ログに残っている）',
    caught: 'schema',
    building: { migrated: 'マイグレーション 20261101000000_init を適用できませんでした: syntax error' },
    names: [MIGRATION, '20261101000000_init'],
  },
  {
    name: 'シークレットのパスワードが本物と違う',
    caught: 'schema',
    edit: (call) => serverSays(call, { status: 'database-unavailable' }),
    names: ['password'],
  },
  {
    name: 'Fargate の vCPU の上限に達している（間違いではない）',
    caught: 'targets',
    status: 'pending',
    make: async ({ elbv2, built }) => {
      const TargetGroupArn = built.loadBalancer.targetGroup;
      await elbv2.deregisterTargets({ TargetGroupArn, Targets: [{ Id: '10.0.11.10', Port: 4000 }] });
      return undefined;
    },
    edit: (call) =>
      each(call, 'DescribeServices', 'services', (one) => ({
        ...one,
        pendingCount: 0,
        events: [
          {
            message:
              "(service cows) was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run concurrently.",
          },
        ],
      })),
    names: ['上限', 'vCPUs'],
  },
  {
    name: 'Auto Scaling を設定していない',
    caught: 'scaling',
    make: async ({ applicationAutoScaling }) => {
      await applicationAutoScaling.deregisterScalableTarget(SCALABLE);
      return [SERVICE];
    },
  },
  {
    name: 'Auto Scaling の最小と最大が同じ',
    caught: 'scaling',
    make: async ({ applicationAutoScaling }) => {
      await applicationAutoScaling.registerScalableTarget({ ...SCALABLE, MinCapacity: 1, MaxCapacity: 1 });
      return [SERVICE, '増えも減りも'];
    },
  },
  {
    name: 'Auto Scaling の最大が40',
    caught: 'scaling',
    make: async ({ applicationAutoScaling }) => {
      await applicationAutoScaling.registerScalableTarget({ ...SCALABLE, MinCapacity: 1, MaxCapacity: 40 });
      return ['40'];
    },
  },
];

const SCALABLE = {
  ServiceNamespace: 'ecs',
  ResourceId: `service/${CLUSTER}/${SERVICE}`,
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;

/** Encrypts the secret with a key of one's own, whose policy is the default one or this. */
async function ownKey(
  { kms, secretsManager, built }: { kms: KMS; secretsManager: SecretsManager; built: BuiltService },
  Policy?: string,
): Promise<string> {
  const { KeyMetadata } = await kms.createKey({ ...(Policy && { Policy }) });
  const KeyId = KeyMetadata?.KeyId ?? '';
  await secretsManager.updateSecret({ SecretId: built.secret, KmsKeyId: KeyId });
  return KeyId;
}

const decrypt = (more: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', ...more }],
  });

const rightBuilds: Case[] = [
  { name: '計画どおり' },
  {
    name: '1つの接続文字列をシークレット全体から渡す',
    building: {
      container: (one) => ({
        ...one,
        secrets: [
          ...(one.secrets ?? []).filter(({ name }) => name === 'SUPABASE_URL'),
          { name: 'DATABASE_URL', valueFrom: one.secrets?.[0]?.valueFrom?.replace(':host::', '') },
        ],
      }),
    },
  },
  {
    name: 'SUPABASE_URL は秘密ではないので、直接書いている',
    building: {
      container: (one) => ({
        ...one,
        environment: [...(one.environment ?? []), { name: 'SUPABASE_URL', value: 'https://x.example' }],
        secrets: one.secrets?.filter(({ name }) => name !== 'SUPABASE_URL'),
      }),
    },
  },
  {
    name: '自分の KMS キーで暗号化し、ロールに kms:Decrypt を付けた',
    make: async (scene) => {
      await ownKey(scene);
      await scene.iam.putRolePolicy({ RoleName: 'farmer', PolicyName: 'key', PolicyDocument: decrypt({}) });
      return undefined;
    },
  },
  {
    name: '自分の KMS キーのポリシーが、ロールに復号を許している',
    make: async (scene) => {
      await ownKey(scene, decrypt({ Principal: { AWS: scene.built.executionRole } }));
      return undefined;
    },
  },
  {
    name: '公開してよい鍵が環境変数にある',
    building: {
      container: (one) => ({
        ...one,
        environment: [...(one.environment ?? []), { name: 'SUPABASE_PUBLISHABLE_KEY', value: 'sb_publishable_x' }],
      }),
    },
  },
  {
    name: '別のサービスが別の VPC にある',
    make: async ({ ec2, ecs, built }) => {
      const { Subnets = [] } = await ec2.describeSubnets({ Filters: [{ Name: 'default-for-az', Values: ['true'] }] });
      await ecs.createCluster({ clusterName: 'other' });
      await ecs.createService({
        cluster: 'other',
        serviceName: 'stranger',
        launchType: 'FARGATE',
        desiredCount: 0,
        taskDefinition: built.taskDefinition,
        networkConfiguration: { awsvpcConfiguration: { subnets: [Subnets[0]?.SubnetId ?? ''], securityGroups: [] } },
      });
      return undefined;
    },
  },
];

const played = sampled(mistakes);

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto({ managedPolicies: true });
});
afterAll(() => moto.stop());

describe('a mistake is named by its check, and by no other', () => {
  const table: string[] = [];

  test.each(played)('$name → $caught', async (mistake) => {
    const { judged, names } = await play(mistake);
    const { caught, status = 'fail', name } = mistake;
    const alarms = [...judged.results].filter(([, result]) => result.status !== 'pass' && result.status !== 'blocked');
    // What hangs on a pending part is pending with it.
    const others = alarms.filter(
      ([id, result]) => id !== caught && !(status === 'pending' && result.status === 'pending'),
    );
    expect(others).toEqual([]);
    const said = judged.results.get(caught);
    expect(said?.status).toBe(status);
    for (const word of names) expect(said?.evidence).toContain(word);
    expect(JSON.stringify([...judged.results])).not.toContain('canary');
    table.push(`✓ ${name} → ${caught}`);
  });

  afterAll(() => {
    console.log(`${table.join('\n')}\n間違い: ${table.length}/${played.length} を名指し`);
  });
});

test.each(sampledBuilds(rightBuilds))('a right build passes whole: $name', async (build) => {
  const { results } = (await play(build)).judged;
  expect([...results].filter(([, { status }]) => status !== 'pass')).toEqual([]);
  expect(results.size).toBeGreaterThanOrEqual(12);
});

test('with nothing to go by, it is unknown whether the migrations ran, and nobody is blamed', async () => {
  const { results } = (await play({ name: 'no trace', building: { migrated: null } })).judged;
  const odd = [...results].filter(([, { status }]) => status !== 'pass');
  expect(odd).toEqual([['schema', expect.objectContaining({ status: 'unknown' })]]);
  expect(odd[0]?.[1].evidence).toContain('もう一度実行すると');
});

async function play(scenario: Case): Promise<{ judged: Judged; names: string[] }> {
  const credentials = await moto.account();
  const config = { endpoint: moto.endpoint, region: 'ap-northeast-1', credentials };
  const clients: Clients & { kms: KMS } = {
    acm: new ACM(config),
    applicationAutoScaling: new ApplicationAutoScaling(config),
    ec2: new EC2(config),
    ecr: new ECR(config),
    ecs: new ECS(config),
    elbv2: new ElasticLoadBalancingV2(config),
    iam: new IAM(config),
    logs: new CloudWatchLogs(config),
    secretsManager: new SecretsManager(config),
    kms: new KMS(config),
  };
  try {
    const network = await buildNetwork(clients.ec2);
    const built = await buildService(clients, network, scenario.building);
    const made = (await scenario.make?.({ ...clients, network, built })) ?? [];
    const names = [...made, ...(scenario.names ?? [])];
    expect(names).not.toContain('');
    const real = await judge(STEP, { endpoint: moto.endpoint, credentials });
    const { edit } = scenario;
    const judged = edit ? await rejudge(STEP, real.calls, (call) => edit(call, made) || undefined) : real;
    return { judged, names };
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}

type Item = Record<string, unknown>;

/** The answer of `/ready`, which the emulator's load balancer can't give. */
function serverSays({ port, action }: Call, body: object): unknown {
  return port === 'http' && action === 'GET' && { status: 503, headers: {}, body: JSON.stringify(body), ms: 9 };
}

/** An answer with each item of one of its lists replaced. */
function each({ action, output }: Call, operation: string, list: string, replace: (item: Item) => Item): unknown {
  if (!action.endsWith(`:${operation}`)) return undefined;
  const whole = output as Item;
  return { ...whole, [list]: (whole[list] as Item[]).map(replace) };
}

/** The service's answer with some of its network settings changed. */
function placed(call: Call, changes: Item): unknown {
  return each(call, 'DescribeServices', 'services', (one) => {
    const { awsvpcConfiguration } = one.networkConfiguration as { awsvpcConfiguration: Item };
    return { ...one, networkConfiguration: { awsvpcConfiguration: { ...awsvpcConfiguration, ...changes } } };
  });
}
