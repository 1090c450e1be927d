import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AwsCredentialIdentity } from '@smithy/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Clients, clientsOf } from '../corpus/chapter.ts';
import { each } from '../corpus/each.ts';
import { type Judged, judge, rejudge } from '../corpus/judged.ts';
import { type Moto, startMoto } from '../corpus/moto.ts';
import { buildNetwork } from '../corpus/network.ts';
import { command } from '../corpus/recorded.ts';
import {
  type AccessDeviations,
  type BuiltRelease,
  buildAccess,
  buildRelease,
  COMMIT,
  OTHER_COMMIT,
  type PolicyStatement,
  REPOSITORY,
  type ReleaseDeviations,
  SUBJECTS,
} from '../corpus/release.ts';
import { sampled, sampledBuilds } from '../corpus/sampled.ts';
import { CLUSTER, SERVICE } from '../corpus/service.ts';
import { root } from '../paths.ts';
import type { Call } from '../ports/tape.ts';

// As in chapter 2's corpora: the right release, then one mistake at a time, on a real emulator with the real engine. What
// the emulator doesn't keep of a service's deployments, and what GitHub and this folder's Git say, is put into the recording.

const STEP = 'chapter-3';
const WORKFLOW = '.github/workflows/deploy-server.yml';
const workflow = (await readFile(join(root, WORKFLOW), 'utf8')).replace(/CONTAINER_NAME: .*/, 'CONTAINER_NAME: cow');
const began = new Date(Date.now() - 600_000);

type Item = Record<string, unknown>;

/** A world as AWS and GitHub tell it; a mistake changes a part. */
interface Story {
  workflow: string;
  /** Of the service. */
  deploymentConfiguration: Item;
  advancedConfiguration: Item | null;
  deployments: { status: string; statusReason?: string; createdAt: Date; revision: string; alarms?: string[] }[];
  events: Item[];
  stopped: Item[];
  log: string[];
  variables: Record<string, string> | null;
  /** Commits of the successful runs, the newest first. */
  runs: string[];
  branch: 'main' | 'develop';
  signedIn: boolean;
  /** What Git has after the running commit; null where it doesn't know that. */
  later: string[] | null;
}

interface Case {
  name: string;
  /** What the account has, where it has to be built anew. */
  building?: ReleaseDeviations;
  access?: AccessDeviations;
  make?: (scene: Scene) => Promise<unknown>;
  tell?: Tell;
}

type Tell = (story: Story, built: BuiltRelease) => Partial<Story>;

interface Mistake extends Case {
  caught: string;
  names: string[];
  status?: 'fail' | 'pending';
}

const sub = (...values: string[]): AccessDeviations => ({ subjects: { StringEquals: values } });
const like = (...values: string[]): AccessDeviations => ({ subjects: { StringLike: values } });
const inWorkflow =
  (from: string | RegExp, to: string): Tell =>
  (story) => {
    const changed = story.workflow.replace(from, to);
    expect(changed).not.toBe(story.workflow);
    return { workflow: changed };
  };
const inService =
  (changes: Item): Tell =>
  ({ deploymentConfiguration }) => ({ deploymentConfiguration: { ...deploymentConfiguration, ...changes } });
const without =
  (action: string) =>
  (statements: PolicyStatement[]): PolicyStatement[] =>
    statements
      .map((one) => ({ ...one, Action: one.Action.filter((name) => name !== action) }))
      .filter(({ Action }) => Action.length > 0);
const also =
  (Action: string[], Resource: string[]) =>
  (statements: PolicyStatement[]): PolicyStatement[] => [...statements, { Effect: 'Allow', Action, Resource }];
const set =
  (changes: Record<string, string>): Tell =>
  ({ variables }) => ({ variables: { ...variables, ...changes } });
const role = /role-to-assume: .*/;

/** A release that ECS took back, since its tasks ended as told. */
const takenBack =
  (task: Item, said: string | null, log: string[] = []): Tell =>
  ({ deployments }, built) => ({
    deployments: [
      { status: 'ROLLBACK_SUCCESSFUL', statusReason: 'circuit breaker', createdAt: began, revision: 'cows:3' },
      ...deployments,
    ],
    events: said === null ? [] : [{ createdAt: new Date(), message: said }],
    stopped: [
      {
        taskArn: `arn:aws:ecs:ap-northeast-1:${built.account}:task/${CLUSTER}/0123456789abcdef`,
        taskDefinitionArn: `arn:aws:ecs:ap-northeast-1:${built.account}:task-definition/cows:3`,
        group: `service:${SERVICE}`,
        stoppedAt: new Date(),
        ...task,
      },
    ],
    log,
  });
const unhealthy = (reason: string) =>
  `(service ${SERVICE}) (port 4000) is unhealthy in (target-group people-2) due to (reason ${reason}).`;
const failedHealth = { stoppedReason: 'Task failed ELB health checks in (target-group people-2)', containers: [] };
const exited = {
  stoppedReason: 'Essential container in task exited',
  containers: [{ name: 'cow', exitCode: 1 }],
};

// For each check the cheapest comes first: it is what `npm test` plays.
const mistakes: Mistake[] = [
  {
    name: 'プロバイダの対象者（audience）がない',
    caught: 'deploy-role/provider',
    names: ['対象者（audience）が なし'],
    access: { provider: { audiences: [] } },
  },
  { name: 'プロバイダがない', caught: 'deploy-role/provider', names: ['ありません'], access: { provider: null } },
  {
    name: 'プロバイダの URL の後ろに名前を付けた',
    caught: 'deploy-role/provider',
    names: ['githubusercontent.com/hana'],
    access: { provider: { url: 'https://token.actions.githubusercontent.com/hana' } },
  },

  { name: 'sub が *', caught: 'deploy-role/trust', names: ['* があり'], access: like('*') },
  {
    name: '信頼ポリシーに対象者（aud）がない',
    caught: 'deploy-role/trust',
    names: ['対象者（aud）の条件がありません'],
    access: {
      trust: { Condition: { StringEquals: { 'token.actions.githubusercontent.com:sub': SUBJECTS } } },
    },
  },
  {
    name: 'sub の条件がない',
    caught: 'deploy-role/trust',
    names: ['どのリポジトリからでも'],
    access: { subjects: {} },
  },
  {
    name: '所有者のどのリポジトリからでも',
    caught: 'deploy-role/trust',
    names: ['repo:hana@1/*'],
    access: like('repo:hana@1/*'),
  },
  {
    name: 'どのブランチ、どのプルリクエストからでも',
    caught: 'deploy-role/trust',
    names: ['repo:hana@1/blog@2:*'],
    access: like('repo:hana@1/blog@2:*'),
  },
  {
    name: '別のリポジトリ',
    caught: 'deploy-role/trust',
    names: ['hana@1/blgo@2'],
    access: sub('repo:hana@1/blgo@2:environment:production'),
  },
  {
    name: 'フォークの ID',
    caught: 'deploy-role/trust',
    names: ['hana@1/blog@99'],
    access: sub('repo:hana@1/blog@99:environment:production'),
  },
  {
    name: '新しいリポジトリに、古い形の sub だけ',
    caught: 'deploy-role/trust',
    names: ['2026年7月15日'],
    access: sub('repo:hana/blog:environment:production'),
  },
  {
    name: '環境の名前が sub と違う',
    caught: 'deploy-role/trust',
    names: ['environment:prod'],
    access: sub('repo:hana@1/blog@2:environment:prod'),
  },
  {
    name: '環境の代わりにブランチ',
    caught: 'deploy-role/trust',
    names: ['ref:refs/heads/main'],
    access: sub('repo:hana@1/blog@2:ref:refs/heads/main'),
  },
  {
    name: '「それ以外」を許す StringNotEquals',
    caught: 'deploy-role/trust',
    names: ['StringNotEquals'],
    access: { subjects: { StringNotEquals: SUBJECTS } },
  },
  {
    name: '操作が sts:AssumeRole',
    caught: 'deploy-role/trust',
    names: ['sts:AssumeRole'],
    access: { trust: { Action: 'sts:AssumeRole' } },
  },

  {
    name: 'PassRole がない',
    caught: 'deploy-role/permissions',
    names: ['iam:PassRole', 'role/farmer', 'role/cow'],
    access: { policy: without('iam:PassRole') },
  },
  {
    name: 'PassRole の対象が *',
    caught: 'deploy-role/permissions',
    names: ['iam:PassRole', '関係のないロール'],
    access: { policy: also(['iam:PassRole'], ['*']) },
  },
  {
    name: 'マイグレーションを動かせない',
    caught: 'deploy-role/permissions',
    names: ['ecs:RunTask'],
    access: { policy: without('ecs:RunTask') },
  },
  {
    name: 'デプロイの終わりを待てない',
    caught: 'deploy-role/permissions',
    names: ['ecs:ListServiceDeployments'],
    access: { policy: without('ecs:ListServiceDeployments') },
  },
  {
    name: 'ポリシーのクラスターの名前が違う',
    caught: 'deploy-role/permissions',
    names: ['ecs:UpdateService', `service/${CLUSTER}/${SERVICE}`],
    access: {
      policy: (statements) =>
        statements.map((one) => ({
          ...one,
          Resource: one.Resource.map((arn) => arn.replace('service/farm/', 'service/frm/')),
        })),
    },
  },
  {
    name: 'どのリポジトリにもプッシュできる',
    caught: 'deploy-role/permissions',
    names: ['ecr:PutImage'],
    access: { policy: also(['ecr:PutImage'], ['*']) },
  },
  {
    name: 'どのサービスも更新できる',
    caught: 'deploy-role/permissions',
    names: ['ecs:UpdateService'],
    access: { policy: also(['ecs:UpdateService'], ['arn:aws:ecs:*:*:service/*']) },
  },
  {
    name: '管理者の権限',
    caught: 'deploy-role/permissions',
    names: ['iam:CreateAccessKey'],
    access: { policy: also(['*'], ['*']) },
  },

  {
    name: 'id-token: write がない',
    caught: 'workflow/file',
    names: ['id-token: write がありません'],
    tell: inWorkflow('id-token: write', 'actions: read'),
  },
  {
    name: 'アクセスキーで入る',
    caught: 'workflow/file',
    names: ['アクセスキー'],
    tell: inWorkflow(role, 'aws-access-key-id: a'),
  },
  {
    name: 'リハーサルのロールを書いた',
    caught: 'workflow/file',
    names: ['リハーサルのロール'],
    tell: inWorkflow(role, 'role-to-assume: arn:aws:iam::123456789012:role/deploy'),
  },
  {
    name: 'ワークフローの環境の名前が違う',
    caught: 'workflow/file',
    names: ['environment が prod'],
    tell: inWorkflow(/environment: .*/, 'environment: prod'),
  },
  {
    name: 'コンテナの名前が違う',
    caught: 'workflow/file',
    names: ['CONTAINER_NAME', 'server', 'cow'],
    tell: inWorkflow(/CONTAINER_NAME: .*/, 'CONTAINER_NAME: server'),
  },
  {
    name: 'クラスターの名前が違う',
    caught: 'workflow/file',
    names: ['ECS_CLUSTER', 'frm', CLUSTER],
    tell: inWorkflow(/ECS_CLUSTER: .*/, 'ECS_CLUSTER: frm'),
  },
  {
    name: 'リージョンが違う',
    caught: 'workflow/file',
    names: ['us-east-1'],
    tell: inWorkflow('AWS_REGION: ap-northeast-1', 'AWS_REGION: us-east-1'),
  },
  {
    name: 'ARM のイメージを作る',
    caught: 'workflow/file',
    names: ['linux/arm64'],
    tell: inWorkflow('platforms: linux/amd64', 'platforms: linux/arm64'),
  },
  {
    name: '動くタグ latest を付ける',
    caught: 'workflow/file',
    names: ['latest'],
    tell: inWorkflow(/tags: .*/, 'tags: registry/milk:latest'),
  },
  {
    name: 'デプロイの終わりを待たない',
    caught: 'workflow/file',
    names: ['待っていません'],
    tell: inWorkflow('release.ts deploy', 'release.ts start'),
  },

  {
    name: '変数 ECS_CLUSTER の名前が違う',
    caught: 'workflow/variables',
    names: ['ECS_CLUSTER は frm', CLUSTER],
    tell: set({ ECS_CLUSTER: 'frm' }),
  },
  {
    name: '変数がリハーサルのロール',
    caught: 'workflow/variables',
    names: ['arn:aws:iam::123456789012:role/milkman'],
    tell: set({ AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/milkman' }),
  },
  {
    name: '変数を1つ入れ忘れた',
    caught: 'workflow/variables',
    names: ['ECR_REPOSITORY がありません'],
    tell: set({ ECR_REPOSITORY: '' }),
  },
  {
    name: '環境を作っていない',
    caught: 'workflow/variables',
    names: ['環境 production がない'],
    tell: () => ({ variables: null }),
  },

  {
    name: '成功した公開より古い版が動いている',
    caught: 'release/image',
    names: ['c0ffee000000', 'decade000000'],
    tell: () => ({ runs: [OTHER_COMMIT, COMMIT] }),
  },
  {
    name: '動くタグ latest で動いている',
    caught: 'release/image',
    names: ['milk:latest', 'タグで指定'],
    building: { tags: ['latest'], image: (repository) => `${repository}:latest` },
  },
  {
    name: 'コミットの番号がタグにない',
    caught: 'release/image',
    names: ['v1', 'コミットの番号がありません'],
    building: { tags: ['v1'] },
  },

  {
    name: '/health が500を返す版',
    caught: 'release/deployment',
    names: ['cows:3', 'ヘルスチェックに合格しませんでした', '[500]'],
    tell: takenBack(failedHealth, unhealthy('Health checks failed with these codes: [500]')),
  },
  {
    name: '起動するとすぐに終わる版',
    caught: 'release/deployment',
    names: ['cows:3', '起動してすぐに終わりました', '終了コード 1', 'Cannot find module'],
    tell: takenBack(exited, null, ['starting', 'Error: Cannot find module x', '    at somewhere']),
  },
  {
    name: '返事が遅い版',
    caught: 'release/deployment',
    names: ['cows:3', '時間内に返事をしませんでした'],
    tell: takenBack(failedHealth, unhealthy('Request timed out')),
  },
  {
    name: 'マイグレーションが失敗する版',
    caught: 'release/deployment',
    names: ['cows:3', 'マイグレーションが失敗しました', '終了コード 1', 'syntax error'],
    tell: (story, built) => ({
      ...takenBack(
        {
          ...exited,
          group: 'family:cows',
          overrides: { containerOverrides: [{ name: 'cow', command: ['node', 'prisma/migrate.js'] }] },
        },
        null,
        ['syntax error at "TABEL"'],
      )(story, built),
      deployments: story.deployments,
    }),
  },
  {
    name: '切り替えたあとにアラームが鳴った',
    caught: 'release/deployment',
    names: ['cows:3', 'アラーム release-errors が鳴りました'],
    tell: ({ deployments }) => ({
      deployments: [
        {
          status: 'ROLLBACK_SUCCESSFUL',
          statusReason: 'an alarm was detected.',
          createdAt: began,
          revision: 'cows:3',
          alarms: ['release-errors'],
        },
        ...deployments,
      ],
    }),
  },
  {
    name: 'まだ切り替えている（間違いではない）',
    caught: 'release/deployment',
    status: 'pending',
    names: ['IN_PROGRESS'],
    tell: ({ deployments }) => ({
      deployments: [{ status: 'IN_PROGRESS', createdAt: began, revision: 'cows:3' }, ...deployments],
    }),
  },

  {
    name: 'ベイク時間が0',
    caught: 'release/blue-green',
    names: ['待ち時間（ベイク時間）が 0'],
    tell: inService({ bakeTimeInMinutes: 0 }),
  },
  {
    name: '2つ目のターゲットグループがない',
    caught: 'release/blue-green',
    names: ['2つ目のターゲットグループがありません'],
    tell: () => ({ advancedConfiguration: null }),
  },
  {
    name: 'リスナーにルールがない',
    caught: 'release/blue-green',
    names: ['ルールがありません'],
    make: ({ clients: { elbv2 }, built }) => elbv2.deleteRule({ RuleArn: built.rule }),
  },
  {
    name: 'ルールが1つのグループだけを指す',
    caught: 'release/blue-green',
    names: ['ルールがありません'],
    make: ({ clients: { elbv2 }, built }) =>
      elbv2.modifyRule({
        RuleArn: built.rule,
        Actions: [{ Type: 'forward', TargetGroupArn: built.loadBalancer.targetGroup }],
      }),
  },
  {
    name: 'アラームがない',
    caught: 'release/blue-green',
    names: ['アラームが、サービスに設定されていません'],
    tell: inService({ alarms: { enable: false, rollback: false, alarmNames: [] } }),
  },
  {
    name: 'アラームが鳴っても戻さない',
    caught: 'release/blue-green',
    names: ['ロールバックしない設定'],
    tell: inService({ alarms: { enable: true, rollback: false, alarmNames: ['release-errors'] } }),
  },
  {
    name: 'ローリング更新で、戻す仕組みがない',
    caught: 'release/blue-green',
    names: ['サーキットブレーカー'],
    tell: () => ({ advancedConfiguration: null, deploymentConfiguration: { strategy: 'ROLLING' } }),
  },

  {
    name: '前の版のイメージを、ライフサイクルルールが消した',
    caught: 'release/rollback',
    names: ['cows:1', 'もうレジストリにありません'],
    make: ({ clients: { ecr } }) =>
      ecr.batchDeleteImage({ repositoryName: REPOSITORY, imageIds: [{ imageTag: 'initial' }] }),
  },
];

const rightBuilds: Case[] = [
  { name: '計画どおり' },
  {
    name: 'GitHub から答えがなく、手元の Git と比べる',
    tell: () => ({ runs: [] }),
  },
  {
    name: 'ローリング更新とサーキットブレーカー',
    tell: () => ({
      advancedConfiguration: null,
      deploymentConfiguration: {
        strategy: 'ROLLING',
        deploymentCircuitBreaker: { enable: true, rollback: true },
      },
    }),
  },
  {
    name: '開発の環境を develop から',
    access: sub('repo:hana@1/blog@2:environment:development'),
    tell: () => ({ branch: 'develop' }),
  },
  { name: 'ID の付いた形だけを信じる', access: sub('repo:hana@1/blog@2:environment:production') },
  {
    name: '失敗した公開のあとで、直した版が出ている',
    tell: (story, built) => {
      const failed = takenBack(exited, null)(story, built);
      const before = new Date(began.getTime() - 60_000);
      return {
        ...failed,
        stopped: (failed.stopped ?? []).map((one) => ({ ...one, stoppedAt: before })),
        deployments: [...story.deployments, { status: 'ROLLBACK_SUCCESSFUL', createdAt: before, revision: 'cows:3' }],
      };
    },
  },
];

let moto: Moto;
/** The right build, which most mistakes tell otherwise. */
let right: Scene & { calls: Call[] };
beforeAll(async () => {
  moto = await startMoto({ managedPolicies: true });
  const scene = await build();
  right = { ...scene, calls: await lookedAt(scene) };
}, 120_000);
afterAll(async () => {
  right?.close();
  await moto.stop();
});

interface Scene {
  clients: Clients;
  built: BuiltRelease;
  target: { endpoint: string; credentials: AwsCredentialIdentity };
  close: () => void;
}

async function build(deviations?: ReleaseDeviations): Promise<Scene> {
  const target = { endpoint: moto.endpoint, credentials: await moto.account() };
  const clients = clientsOf({ ...target, region: 'ap-northeast-1' });
  const close = () => {
    for (const client of Object.values(clients)) client.destroy();
  };
  const built = await buildRelease(clients, await buildNetwork(clients.ec2), deviations);
  return { clients, built, target, close };
}

/** What the engine looks at in an account, and the revision before, which it looks for where ECS tells of its release. */
async function lookedAt({ target, clients: { ecs } }: Scene): Promise<Call[]> {
  const input = { taskDefinition: 'cows:1' };
  const { $metadata: _, ...output } = await ecs.describeTaskDefinition(input);
  const { calls } = await judge(STEP, target);
  const port = 'aws';
  return [
    ...calls,
    { port, action: 'ecs:DescribeTaskDefinition', input: { method: 'describeTaskDefinition', ...input }, output },
  ];
}

/** What was looked at in a case's account: of its own, where it differs in more than in who may release. */
async function seen({ building, access, make }: Case): Promise<{ built: BuiltRelease; calls: Call[] }> {
  if (building || make) {
    const scene = await build(building);
    try {
      await make?.(scene);
      return { built: scene.built, calls: await lookedAt(scene) };
    } finally {
      scene.close();
    }
  }
  const { clients, built, target, calls } = right;
  if (!access) return { built, calls };
  await buildAccess(clients, built, access);
  const changed = await judge(`${STEP}/deploy-role`, target);
  return { built, calls: [...calls, ...changed.calls] };
}

async function play(scenario: Case): Promise<Judged> {
  const { built, calls } = await seen(scenario);
  const planned: Story = {
    workflow,
    deploymentConfiguration: {
      strategy: 'BLUE_GREEN',
      bakeTimeInMinutes: 5,
      alarms: { enable: true, rollback: true, alarmNames: ['release-errors'] },
      deploymentCircuitBreaker: { enable: true, rollback: true },
    },
    advancedConfiguration: {
      alternateTargetGroupArn: built.secondGroup,
      productionListenerRule: built.rule,
      roleArn: `arn:aws:iam::${built.account}:role/ecs`,
    },
    deployments: [
      { status: 'SUCCESSFUL', createdAt: began, revision: 'cows:2' },
      { status: 'SUCCESSFUL', createdAt: new Date(began.getTime() - 3600_000), revision: 'cows:1' },
    ],
    events: [],
    stopped: [],
    log: [],
    variables: {
      AWS_ROLE_ARN: built.role,
      ECR_REPOSITORY: REPOSITORY,
      ECS_CLUSTER: CLUSTER,
      ECS_SERVICE: SERVICE,
    },
    runs: [COMMIT],
    branch: 'main',
    signedIn: true,
    later: [],
  };
  const story = { ...planned, ...scenario.tell?.(planned, built) };
  return rejudge(STEP, [...calls, ...looks(story)], (call) => told(call, story));
}

/** What the emulator's answers lack. */
function told({ action, output }: Call, story: Story): unknown {
  if (action === 'ecs:DescribeServices') {
    return each(output, 'services', (one) => ({
      ...one,
      deploymentConfiguration: story.deploymentConfiguration,
      events: story.events,
      loadBalancers: (one.loadBalancers as Item[]).map((target) => ({
        ...target,
        ...(story.advancedConfiguration && { advancedConfiguration: story.advancedConfiguration }),
      })),
    }));
  }
  return undefined;
}

/** What the emulator can't be asked: deployments, the stopped tasks, their log, GitHub, Git. */
function looks(story: Story): Call[] {
  const aws = (action: string, method: string, input: object, output: object): Call => ({
    port: 'aws',
    action,
    input: { method, ...input },
    output,
  });
  const gh = (path: string, status: number, body: object): Call => ({
    port: 'gh',
    action: 'api',
    input: { path },
    output: story.signedIn ? { status, body, reason: null } : { status: null, body: null, reason: 'signed-out' },
  });
  const deployments = story.deployments.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const briefs = deployments.map(({ status, statusReason, createdAt }, i) => ({
    status,
    statusReason,
    createdAt,
    serviceDeploymentArn: `deployment-${i}`,
    targetServiceRevisionArn: `revision-${i}`,
  }));
  const tasks = story.stopped.map(({ taskArn }) => String(taskArn));
  const cluster = CLUSTER;
  const environment = story.branch === 'main' ? 'production' : 'development';
  const variables = Object.entries(story.variables ?? {}).map(([name, value]) => ({ name, value }));
  const paths = /paths:\n((?: {6}- .*\n)+)/.exec(story.workflow)?.[1]?.match(/(?<=- ).*/g) ?? [];
  return [
    aws('ecs:ListTasks', 'listTasks', { cluster, family: 'cows', desiredStatus: 'STOPPED' }, { taskArns: tasks }),
    aws(
      'ecs:ListServiceDeployments',
      'listServiceDeployments',
      { cluster, service: SERVICE },
      { serviceDeployments: briefs },
    ),
    aws(
      'ecs:DescribeServiceDeployments',
      'describeServiceDeployments',
      { serviceDeploymentArns: briefs.map(({ serviceDeploymentArn }) => serviceDeploymentArn) },
      {
        serviceDeployments: briefs.map(({ serviceDeploymentArn }, i) => ({
          serviceDeploymentArn,
          alarms: { triggeredAlarmNames: deployments[i]?.alarms },
        })),
      },
    ),
    aws(
      'ecs:DescribeServiceRevisions',
      'describeServiceRevisions',
      { serviceRevisionArns: briefs.map(({ targetServiceRevisionArn }) => targetServiceRevisionArn) },
      {
        serviceRevisions: briefs.map(({ targetServiceRevisionArn }, i) => ({
          serviceRevisionArn: targetServiceRevisionArn,
          taskDefinition: `arn:aws:ecs:ap-northeast-1:1:task-definition/${deployments[i]?.revision}`,
        })),
      },
    ),
    aws('ecs:DescribeTasks', 'describeTasks', { cluster, tasks }, { tasks: story.stopped }),
    aws(
      'logs:GetLogEvents',
      'getLogEvents',
      {
        logGroupName: '/farm/cows',
        logStreamName: 'cow/cow/0123456789abcdef',
        limit: 50,
        startFromHead: false,
      },
      { events: story.log.map((message, i) => ({ timestamp: began.getTime() + i, message })) },
    ),
    { port: 'files', action: 'read', input: { path: WORKFLOW }, output: story.workflow },
    command('git', ['config', '--get', 'remote.origin.url'], 'git@github.com:hana/blog.git\n'),
    command(
      'git',
      ['log', '--format=%H', `${COMMIT}..HEAD`, '--', ...paths.map((path) => `:(glob)${path}`)],
      story.later?.join('\n') ?? '',
      story.later === null ? 128 : 0,
    ),
    gh('repos/hana/blog', 200, { id: 2, name: 'blog', owner: { id: 1, login: 'hana' } }),
    gh(
      `repos/hana/blog/environments/${environment}/variables?per_page=30`,
      story.variables === null ? 404 : 200,
      story.variables === null ? {} : { variables },
    ),
    gh(
      `repos/hana/blog/actions/workflows/deploy-server.yml/runs?branch=${story.branch}&status=success&per_page=30`,
      200,
      {
        workflow_runs: story.runs.map((head_sha, i) => ({
          head_sha,
          html_url: `https://github.com/hana/blog/actions/runs/${i}`,
          run_started_at: `2026-11-23T0${9 - i}:00:00Z`,
        })),
      },
    ),
  ];
}

const played = sampled(mistakes);

describe('a mistake is named by its check, and by no other', () => {
  const table: string[] = [];

  test.each(played)('$name → $caught', async (mistake) => {
    const { caught, status = 'fail', name, names } = mistake;
    const { results } = await play(mistake);
    const alarms = [...results].filter(([, one]) => one.status !== 'pass' && one.status !== 'blocked');
    expect(alarms.filter(([id]) => id !== caught)).toEqual([]);
    const said = results.get(caught);
    expect(said?.status).toBe(status);
    for (const word of names) expect(said?.evidence).toContain(word);
    table.push(`✓ ${name} → ${caught}`);
  });

  afterAll(() => {
    console.log(`${table.join('\n')}\n間違い: ${table.length}/${played.length} を名指し`);
  });
});

test.each(sampledBuilds(rightBuilds))('a right build passes whole: $name', async (one) => {
  const { results } = await play(one);
  expect([...results].filter(([, { status }]) => status !== 'pass')).toEqual([]);
  expect(results.size).toBe(9);
});

test('with gh signed out and a Git that does not know the commit, nobody is blamed', async () => {
  const { results } = await play({ name: '', tell: () => ({ signedIn: false, later: null }) });
  const odd = [...results].filter(([, { status }]) => status !== 'pass').map(([id, { status }]) => [id, status]);
  expect(results.get('release/image')?.evidence).toMatch(/c0ffee000000.*gh auth login.*git fetch/);
  expect(Object.fromEntries(odd)).toEqual({
    'workflow/variables': 'unknown',
    'release/image': 'unknown',
    'release/rollback': 'unknown',
  });
});
