import { once } from 'node:events';
import { ACM } from '@aws-sdk/client-acm';
import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { Budgets } from '@aws-sdk/client-budgets';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudFront } from '@aws-sdk/client-cloudfront';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { ECS } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SNS } from '@aws-sdk/client-sns';
import { buildDatabase } from '@blog-aws-practice/checks/corpus/database.ts';
import { buildService } from '@blog-aws-practice/checks/corpus/service.ts';
import { REHEARSAL_CREDENTIALS } from '@blog-aws-practice/checks/rehearsal.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../rehearsal/faults.ts';
import { type CommandTrial, startCommandTrial } from './trial.ts';

let trial: CommandTrial;
let endpoint: string;

beforeAll(async () => {
  trial = await startCommandTrial();
  const { out } = await trial.run('rehearse', 'up');
  endpoint = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0] ?? '';
});
afterAll(() => trial.close());

const client = <Client>(Class: new (config: object) => Client): Client =>
  new Class({ endpoint, region: 'ap-northeast-1', credentials: REHEARSAL_CREDENTIALS, forcePathStyle: true });
const reset = () => fetch(`${endpoint}/_rehearsal/reset`, { method: 'POST' });
const faults = (list: Fault[]) => fetch(`${endpoint}/_rehearsal/faults`, { method: 'PUT', body: JSON.stringify(list) });
const cleanup = (...args: string[]) => trial.run('cleanup', '--rehearsal', ...args);
const ownVpcs = async () => ((await client(EC2).describeVpcs({})).Vpcs ?? []).filter(({ IsDefault }) => !IsDefault);

/** The whole of chapter 2 by plain calls, under names that tell nothing. */
async function builtByHand() {
  const clients = {
    acm: client(ACM),
    applicationAutoScaling: client(ApplicationAutoScaling),
    ec2: client(EC2),
    ecr: client(ECR),
    ecs: client(ECS),
    elbv2: client(ElasticLoadBalancingV2),
    iam: client(IAM),
    logs: client(CloudWatchLogs),
    secretsManager: client(SecretsManager),
  };
  const built = await buildDatabase(clients.ec2, client(RDS));
  await buildService(clients, built.network);
  return built;
}

/** What no VPC holds, and what other chapters leave, under the plan's names. */
async function leftovers() {
  await client(EC2).allocateAddress({ Domain: 'vpc' });
  await client(CloudWatch).putDashboard({ DashboardName: 'blog-aws-practice', DashboardBody: '{"widgets":[]}' });
  await client(CloudWatchLogs).createLogGroup({ logGroupName: '/aws/rds/cluster/blog-aws-practice-db/postgresql' });
  await client(SNS).createTopic({ Name: 'blog-aws-practice-alerts' });
  const FlexibleTimeWindow = { Mode: 'OFF' } as const;
  const Target = {
    Arn: 'arn:aws:ecs:ap-northeast-1:123456789012:cluster/x',
    RoleArn: 'arn:aws:iam::123456789012:role/x',
  };
  const ScheduleExpression = 'cron(0 20 * * ? *)';
  await client(Scheduler).createSchedule({
    Name: 'blog-aws-practice-night',
    FlexibleTimeWindow,
    ScheduleExpression,
    Target,
  });
}

/** A page on CloudFront whose load balancer is gone, records in a bucket with versions, a stack of the ECS console, … */
async function fromAllOver() {
  const host = 'blog-aws-practice-alb-1234567890.ap-northeast-1.elb.amazonaws.com';
  await client(CloudFront).createDistribution({
    DistributionConfig: {
      CallerReference: '1',
      Comment: '',
      Enabled: true,
      Origins: {
        Quantity: 1,
        Items: [
          {
            Id: 'alb',
            DomainName: host,
            CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'http-only' },
          },
        ],
      },
      DefaultCacheBehavior: { TargetOriginId: 'alb', ViewerProtocolPolicy: 'redirect-to-https' },
    },
  });
  const Bucket = 'blog-aws-practice-records';
  const s3 = client(S3);
  await s3.createBucket({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'ap-northeast-1' } });
  await s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } });
  await s3.putObject({ Bucket, Key: 'today', Body: 'first' });
  await s3.putObject({ Bucket, Key: 'today', Body: 'second' });
  await s3.deleteObject({ Bucket, Key: 'today' });
  await client(CloudTrail).createTrail({ Name: 'blog-aws-practice-trail', S3BucketName: Bucket });
  await client(IAM).createOpenIDConnectProvider({ Url: 'https://token.actions.githubusercontent.com' });
  await client(Budgets).createBudget({
    AccountId: '123456789012',
    Budget: {
      BudgetName: 'blog-aws-practice-budget',
      BudgetLimit: { Amount: '30', Unit: 'USD' },
      TimeUnit: 'MONTHLY',
      BudgetType: 'COST',
    },
  });
  const rds = client(RDS);
  const DBClusterIdentifier = 'blog-aws-practice-db';
  const cluster = {
    DBClusterIdentifier,
    Engine: 'aurora-postgresql',
    MasterUsername: 'u',
    MasterUserPassword: 'rehearsal',
  };
  await rds.createDBCluster(cluster);
  await rds.createDBClusterSnapshot({ DBClusterIdentifier, DBClusterSnapshotIdentifier: 'before-the-weekend' });
  await rds.deleteDBCluster({ DBClusterIdentifier, SkipFinalSnapshot: true });
  await client(CloudFormation).createStack({
    StackName: 'Infra-ECS-Cluster-blog-aws-practice-cluster-ab12cd34',
    TemplateBody: JSON.stringify({ Resources: { Cluster: { Type: 'AWS::ECS::Cluster', Properties: {} } } }),
  });
}

/** Another learner's and the company's things in the same account; gives what of them is still there. */
async function strangers() {
  const [ec2, ecr, s3, secrets] = [client(EC2), client(ECR), client(S3), client(SecretsManager)];
  const Tags = [{ Key: 'Name', Value: 'tanaka-blog-aws-practice-vpc' }];
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16', TagSpecifications: [{ ResourceType: 'vpc', Tags }] });
  await ec2.createSubnet({ VpcId: Vpc?.VpcId, CidrBlock: '10.0.1.0/24' });
  await ecr.createRepository({ repositoryName: 'tanaka-blog-aws-practice-server' });
  await secrets.createSecret({ Name: 'company', SecretString: 'x' });
  await s3.createBucket({
    Bucket: 'company-records',
    CreateBucketConfiguration: { LocationConstraint: 'ap-northeast-1' },
  });
  return async () => {
    const { Subnets = [] } = await ec2.describeSubnets({ Filters: [{ Name: 'vpc-id', Values: [Vpc?.VpcId ?? ''] }] });
    const { repositories = [] } = await ecr.describeRepositories({});
    const { SecretList = [] } = await secrets.listSecrets({});
    const { Buckets = [] } = await s3.listBuckets({});
    return [
      ...Subnets.map(({ CidrBlock }) => CidrBlock),
      ...repositories.map(({ repositoryName }) => repositoryName),
      ...SecretList.map(({ Name }) => Name),
      ...Buckets.flatMap(({ Name }) => (Name?.startsWith('cdk-') ? [] : [Name])),
    ];
  };
}

describe('with nothing built', { timeout: 120_000 }, () => {
  it('says so, and proves it', async () => {
    const { code, out } = await cleanup();
    expect(out).toContain('スタック blog-aws-practice はありません');
    expect(out).toMatch(/合格 18/);
    expect(code).toBe(0);
  });

  it('explains itself, and refuses an unknown option with 64', async () => {
    expect((await trial.run('cleanup', '--help')).out).toContain('終了コード');
    expect(await trial.run('cleanup', '--bogus')).toMatchObject({ code: 64, err: expect.stringContaining('--bogus') });
  });
});

describe('an account shared with others, everything built by hand', { timeout: 300_000 }, () => {
  const theirs = ['10.0.1.0/24', 'tanaka-blog-aws-practice-server', 'company', 'company-records'];
  let still: () => Promise<(string | undefined)[]>;
  beforeAll(async () => {
    await reset();
    await builtByHand();
    await leftovers();
    still = await strangers();
  }, 120_000);

  it('shows each part with its price, and takes nothing away without a yes', async () => {
    const { code, out, err } = await cleanup();
    expect(code).toBe(1);
    expect(err).toContain('--yes');
    expect(out).toMatch(/・NAT ゲートウェイ nat-\w+: 1か月約\$45\.26/);
    expect(out).toMatch(/・ECS サービス cows: 1か月約\$/);
    expect(out).toMatch(/触らないもの:[\s\S]*tanaka-blog-aws-practice-vpc/);
    expect(await ownVpcs()).toHaveLength(2);
  });

  it('names what the checks name', async () => {
    const { code, out } = await trial.run('check', 'cleanup', '--rehearsal', '--json');
    const { results } = JSON.parse(out) as { results: { id: string; status: string }[] };
    expect(code).toBe(1);
    expect(results.flatMap(({ id, status }) => (status === 'pass' ? [] : [`${id.split('/')[2]} ${status}`]))).toEqual(
      expect.arrayContaining(
        [
          'containers',
          'databases',
          'elastic-ips',
          'load-balancers',
          'log-groups',
          'nat-gateways',
          'secrets',
          'vpcs',
        ].map((id) => `${id} fail`),
      ),
    );
  });

  it('with an action denied, the check is unknown and names it, and the cleanup says what it could not see', async () => {
    await faults([{ action: 'cloudwatch:ListDashboards', kind: 'deny' }]);
    const { out } = await trial.run('check', 'cleanup', 'nothing-left/alarms', '--rehearsal', '--json');
    expect(JSON.parse(out)).toMatchObject({
      results: [{ status: 'unknown', missingAction: 'cloudwatch:ListDashboards' }],
    });
    expect((await cleanup()).out).toMatch(/見られなかったもの:[\s\S]*cloudwatch:ListDashboards/);
    await faults([]);
  });

  it('stopped half-way, it goes on where it was', async () => {
    await faults([{ action: 'rds:DeleteDBCluster', kind: 'delay', ms: 600_000 }]);
    const { child, ended } = trial.start('cleanup', '--rehearsal', '--yes');
    while (!String(await once(child.stdout ?? child, 'data')).includes('削除しました'));
    child.kill('SIGINT');
    const { code, out } = await ended;
    expect(out).toContain('続きから進みます');
    expect(code).toBe(130);
    expect(await ownVpcs()).toHaveLength(2);
    await faults([]);
  });

  it('what AWS refuses is said, holds up the VPC alone, and goes the next time', async () => {
    await faults([{ action: 'rds:DeleteDBCluster', kind: 'deny' }]);
    const { code, out } = await cleanup('--yes');
    expect(out).toMatch(/削除できませんでした: Aurora クラスター \S+（AccessDenied/);
    expect(out).toMatch(/VPC vpc-\w+: 中にあるものを先に消せなかった/);
    expect(out).toContain('削除しました: シークレット hay');
    expect(code).toBe(1);
    await faults([]);
  });

  it('in the end nothing is left but what is other people’s, and a second time is harmless', async () => {
    const { code, out } = await cleanup('--yes');
    expect(out).toMatch(/削除しました: VPC vpc-/);
    expect(await ownVpcs()).toHaveLength(1);
    expect(await still()).toEqual(theirs);
    expect({ code, failed: /✗.*/.exec(out)?.[0] }).toEqual({ code: 0, failed: undefined });
    expect(await cleanup('--yes')).toMatchObject({ code: 0, out: expect.not.stringContaining('削除しました') });
    expect(await still()).toEqual(theirs);
    const { Roles = [] } = await client(IAM).listRoles({});
    expect(Roles.filter(({ RoleName }) => ['farmer', 'cow'].includes(RoleName ?? ''))).toEqual([]);
    expect((await client(ECS).listTaskDefinitions({ status: 'ACTIVE' })).taskDefinitionArns).toEqual([]);
    expect((await client(EC2).describeAddresses({})).Addresses).toEqual([]);
  });

  it('with --all, what another chapter, the console and AWS itself left goes too, what may stay included', async () => {
    await fromAllOver();
    const [{ out: first }, { Buckets = [] }] = [await cleanup('--yes'), await client(S3).listBuckets({})];
    for (const kind of ['CloudFront ディストリビューション', 'スタック', '証跡', 'DB スナップショット']) {
      expect(first).toMatch(new RegExp(`削除しました: ${kind}`));
    }
    expect(first).toMatch(
      /残しておくもの[\s\S]*S3 バケット blog-aws-practice-records[\s\S]*予算[\s\S]*OIDC プロバイダー/,
    );
    expect(Buckets.map(({ Name }) => Name)).toContain('blog-aws-practice-records');
    const { code, out } = await cleanup('--yes', '--all');
    expect(out).toContain('削除しました: S3 バケット blog-aws-practice-records');
    expect(out).toContain('削除しました: 予算 blog-aws-practice-budget');
    expect(out).toContain('削除しました: OIDC プロバイダー token.actions.githubusercontent.com');
    expect({ code, failed: /✗.*/.exec(out)?.[0] }).toEqual({ code: 0, failed: undefined });
    expect((await client(CloudFront).listDistributions({})).DistributionList?.Items ?? []).toEqual([]);
    expect((await client(IAM).listOpenIDConnectProviders({})).OpenIDConnectProviderList).toEqual([]);
    expect(await still()).toEqual(theirs);
  });
});
