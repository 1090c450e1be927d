import { ACM } from '@aws-sdk/client-acm';
import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatch, type PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { ECS } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SNS } from '@aws-sdk/client-sns';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CheckDefinition } from '../../check.ts';
import { type Moto, startMoto } from '../../corpus/moto.ts';
import { buildNetwork } from '../../corpus/network.ts';
import { buildService, CLUSTER, SERVICE } from '../../corpus/service.ts';
import { worldOf } from '../../corpus/world.ts';
import { recordingTape } from '../../ports/tape.ts';
import alarms from './alarms.ts';
import dashboard from './dashboard.ts';
import flowLogs from './flow-logs.ts';
import notifications from './notifications.ts';

// An environment that was built by hand on a real emulator, with names that nobody expects: the right watch over it, then
// one mistake at a time. What the emulator doesn't know (history, saved queries) is shown in the rehearsal and beside the checks.

let moto: Moto;
let sns: SNS;
let cloudwatch: CloudWatch;
let ec2: EC2;
let topicArn: string;
let balancer: string;
let vpc: string;
let say: <Facts>(check: CheckDefinition<Facts>) => Promise<{ status: string; evidence: string }>;

beforeAll(async () => {
  moto = await startMoto({ managedPolicies: true });
  const credentials = await moto.account();
  const settings = { endpoint: moto.endpoint, region: 'ap-northeast-1', credentials };
  [sns, cloudwatch, ec2] = [new SNS(settings), new CloudWatch(settings), new EC2(settings)];
  const network = await buildNetwork(ec2);
  vpc = network.vpc;
  const built = await buildService(
    {
      ec2,
      acm: new ACM(settings),
      applicationAutoScaling: new ApplicationAutoScaling(settings),
      ecr: new ECR(settings),
      ecs: new ECS(settings),
      elbv2: new ElasticLoadBalancingV2(settings),
      iam: new IAM(settings),
      logs: new CloudWatchLogs(settings),
      secretsManager: new SecretsManager(settings),
    },
    network,
  );
  const rds = new RDS(settings);
  await rds.createDBSubnetGroup({
    DBSubnetGroupName: 'naka',
    DBSubnetGroupDescription: 'x',
    SubnetIds: network.privateSubnets,
  });
  await rds.createDBCluster({
    DBClusterIdentifier: 'kiji',
    Engine: 'aurora-postgresql',
    MasterUsername: 'bloguser',
    MasterUserPassword: 'correct-horse-battery',
    DBSubnetGroupName: 'naka',
  });
  balancer = built.loadBalancer.balancer.split(':loadbalancer/')[1] ?? '';
  const group = built.loadBalancer.targetGroup.split(':').at(-1) ?? '';
  topicArn = (await sns.createTopic({ Name: 'bell' })).TopicArn ?? '';
  await sns.subscribe({ TopicArn: topicArn, Protocol: 'email', Endpoint: 'me@example.com' });
  right = [
    ['AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', { LoadBalancer: balancer }],
    ['AWS/ApplicationELB', 'TargetResponseTime', { LoadBalancer: balancer }],
    ['AWS/ApplicationELB', 'UnHealthyHostCount', { LoadBalancer: balancer, TargetGroup: group }],
    ['AWS/ECS', 'CPUUtilization', { ClusterName: CLUSTER, ServiceName: SERVICE }],
    ['AWS/RDS', 'CPUUtilization', { DBClusterIdentifier: 'kiji' }],
  ];
  say = async (check) => {
    const { world, close } = worldOf(recordingTape(), { endpoint: moto.endpoint, credentials });
    try {
      return check.judge(await check.read(world));
    } finally {
      close();
    }
  };
}, 120_000);
afterAll(() => moto.stop());
afterEach(async () => {
  const { MetricAlarms = [] } = await cloudwatch.describeAlarms({});
  await cloudwatch.deleteAlarms({ AlarmNames: MetricAlarms.map(({ AlarmName }) => AlarmName ?? '') });
});

let right: [string, string, Record<string, string>][];

async function put(index: number, changes: Partial<PutMetricAlarmCommandInput> = {}): Promise<void> {
  const [Namespace = '', MetricName = '', dimensions = {}] = right[index] ?? [];
  await cloudwatch.putMetricAlarm({
    AlarmName: `bird-${index}`,
    Namespace,
    MetricName,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
    AlarmActions: [topicArn],
    ...changes,
  });
}

/** The right alarms, but for one. */
async function all(except = -1, changes?: Partial<PutMetricAlarmCommandInput>): Promise<void> {
  for (const index of right.keys()) {
    if (index !== except) await put(index);
    else if (changes) await put(index, changes);
  }
}

test('alarms on every part that tell somebody pass, whatever their names', async () => {
  await all();
  expect(await say(alarms)).toMatchObject({ status: 'pass', evidence: '5個のアラームが見張っています。' });
  expect(await say(notifications)).toMatchObject({ status: 'pass', evidence: expect.stringContaining('1件') });
});

describe('alarms', () => {
  test('none at all', async () => {
    expect(await say(alarms)).toMatchObject({ status: 'fail', evidence: expect.stringContaining('1つもありません') });
  });

  test.each([
    [0, 'サーバーの失敗'],
    [1, '応答時間'],
    [2, '健康でないターゲット'],
    [3, 'タスクの CPU'],
    [4, 'データベース'],
  ])('one missing (%i)', async (index, words) => {
    await all(index);
    expect(await say(alarms)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
  });

  test('one that watches another load balancer', async () => {
    await all(1, { Dimensions: [{ Name: 'LoadBalancer', Value: 'app/somebody-elses/0123456789abcdef' }] });
    expect(await say(alarms)).toMatchObject({ status: 'fail', evidence: expect.stringContaining('応答時間') });
  });
});

describe('notifications', () => {
  test('an alarm without an action', async () => {
    await all(2, { AlarmActions: [] });
    expect(await say(notifications)).toMatchObject({
      status: 'fail',
      evidence: expect.stringMatching(/bird-2.*アクション/),
    });
  });

  test('an alarm whose actions are switched off', async () => {
    await all(2, { ActionsEnabled: false });
    expect(await say(notifications)).toMatchObject({ status: 'fail', evidence: expect.stringMatching(/bird-2.*無効/) });
  });

  test('a topic that is gone', async () => {
    await all(2, { AlarmActions: [topicArn.replace('bell', 'gone')] });
    expect(await say(notifications)).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('もうないトピック gone'),
    });
  });

  test('a topic that nobody listens to', async () => {
    const { TopicArn = '' } = await sns.createTopic({ Name: 'empty' });
    await all(2, { AlarmActions: [TopicArn] });
    expect(await say(notifications)).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('だれも購読していません'),
    });
  });

  test('a topic whose own policy forgets CloudWatch', async () => {
    const { TopicArn = '' } = await sns.createTopic({ Name: 'closed' });
    await sns.subscribe({ TopicArn, Protocol: 'email', Endpoint: 'me@example.com' });
    const Statement = [
      { Effect: 'Allow', Principal: { Service: 'budgets.amazonaws.com' }, Action: 'sns:Publish', Resource: TopicArn },
    ];
    await sns.setTopicAttributes({
      TopicArn,
      AttributeName: 'Policy',
      AttributeValue: JSON.stringify({ Version: '2012-10-17', Statement }),
    });
    await all(2, { AlarmActions: [TopicArn] });
    expect(await say(notifications)).toMatchObject({
      status: 'fail',
      evidence: expect.stringMatching(/closed.*許していません/),
    });
  });
});

test('a dashboard counts when it shows this load balancer', async () => {
  expect(await say(dashboard)).toMatchObject({ status: 'fail', evidence: 'ダッシュボードがありません。' });
  const board = (name: string, of: string) =>
    cloudwatch.putDashboard({
      DashboardName: name,
      DashboardBody: JSON.stringify({
        widgets: [
          { type: 'metric', properties: { metrics: [['AWS/ApplicationELB', 'RequestCount', 'LoadBalancer', of]] } },
        ],
      }),
    });
  await board('other', 'app/somebody-elses/0123456789abcdef');
  expect(await say(dashboard)).toMatchObject({ status: 'fail', evidence: expect.stringContaining('other') });
  await board('mine', balancer);
  expect(await say(dashboard)).toEqual({ status: 'pass', evidence: 'mine' });
});

test('flow logs count when they tell what was refused', async () => {
  expect(await say(flowLogs)).toMatchObject({ status: 'fail' });
  const logging = (TrafficType: 'ACCEPT' | 'REJECT', LogGroupName: string) =>
    ec2.createFlowLogs({
      ...{ ResourceIds: [vpc], ResourceType: 'VPC', TrafficType, LogGroupName },
      DeliverLogsPermissionArn: 'arn:aws:iam::123456789012:role/flow',
    });
  await logging('ACCEPT', 'a');
  expect(await say(flowLogs)).toMatchObject({ status: 'fail', evidence: expect.stringContaining('ACCEPT') });
  await logging('REJECT', 'b');
  expect(await say(flowLogs)).toMatchObject({ status: 'pass', evidence: expect.stringContaining('REJECT') });
});
