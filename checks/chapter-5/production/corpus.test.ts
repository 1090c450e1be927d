import { ACM } from '@aws-sdk/client-acm';
import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { Budgets } from '@aws-sdk/client-budgets';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { ECS } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SNS } from '@aws-sdk/client-sns';
import { STS } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildDatabase } from '../../corpus/database.ts';
import { each } from '../../corpus/each.ts';
import { judge, rejudge } from '../../corpus/judged.ts';
import { type Moto, startMoto } from '../../corpus/moto.ts';
import { sampled } from '../../corpus/sampled.ts';
import { buildService, CLUSTER, SERVICE } from '../../corpus/service.ts';
import type { Call } from '../../ports/tape.ts';

// A production environment built by hand on a real emulator, with names that nobody expects, looked at once with the real
// engine; then one mistake at a time in what AWS answered. The page's own checks have their own corpus.

const STEP = 'chapter-5/production';
const MOUNT = 'kiji';

type Edit = (call: Call) => unknown;

interface Mistake {
  name: string;
  caught: string;
  names: string[];
  edit: Edit;
}

/** Replaces items of a list in the answers of one method. */
const change =
  (method: string, list: string, replace: (item: Record<string, unknown>) => Record<string, unknown>): Edit =>
  ({ input, output }) =>
    (input as { method?: string }).method === method && output ? each(output, list, replace) : undefined;
const schedule =
  (name: string, changes: (one: Record<string, unknown>) => Record<string, unknown>): Edit =>
  ({ action, output }) => {
    const one = output as Record<string, unknown> | undefined;
    return action === 'scheduler:GetSchedule' && one?.Name === name ? { ...one, ...changes(one) } : undefined;
  };
const answer =
  (method: string, output: object): Edit =>
  ({ input }) =>
    (input as { method?: string }).method === method ? output : undefined;

const mistakes: Mistake[] = [
  {
    name: 'Auto Scaling の最小が1',
    caught: 'replicas',
    names: [SERVICE, '最小は1個'],
    edit: change('describeScalableTargets', 'ScalableTargets', (one) => ({ ...one, MinCapacity: 1 })),
  },
  {
    name: '必要なタスクが1',
    caught: 'replicas',
    names: [SERVICE, '1個'],
    edit: change('describeServices', 'services', (one) => ({ ...one, desiredCount: 1, runningCount: 1 })),
  },
  {
    name: '削除保護が無効',
    caught: 'deletion-protection',
    names: [MOUNT, '無効'],
    edit: change('describeDBClusters', 'DBClusters', (one) => ({ ...one, DeletionProtection: false })),
  },
  {
    name: 'バックアップが1日',
    caught: 'backups',
    names: [MOUNT, '1日'],
    edit: change('describeDBClusters', 'DBClusters', (one) => ({ ...one, BackupRetentionPeriod: 1 })),
  },
  {
    name: 'バックアップが進んでいない',
    caught: 'backups',
    names: [MOUNT, '分前までの状態'],
    edit: change('describeDBClusters', 'DBClusters', (one) => ({
      ...one,
      LatestRestorableTime: new Date('2026-01-01'),
    })),
  },
  {
    name: '知らせを受け取る1人が、確認していない',
    caught: 'alarm-recipients',
    names: ['bell', '確認されていません'],
    edit: change('listSubscriptionsByTopic', 'Subscriptions', (one) => ({
      ...one,
      SubscriptionArn: 'PendingConfirmation',
    })),
  },
  {
    name: '知らせを受け取る人がいない',
    caught: 'alarm-recipients',
    names: ['bell', '登録している人がいません'],
    edit: answer('listSubscriptionsByTopic', { Subscriptions: [] }),
  },
  {
    name: '予算を消した',
    caught: 'budget',
    names: ['予算がありません'],
    edit: answer('describeBudgets', { Budgets: [] }),
  },
  {
    name: '予算に通知先がない',
    caught: 'budget',
    names: ['だれにも届きません'],
    edit: answer('describeSubscribersForNotification', { Subscribers: [] }),
  },
  {
    name: '休みのスケジュールが UTC',
    caught: 'pause-schedule',
    names: ['rest-tasks', '東京の毎日3:01'],
    edit: schedule('rest-tasks', () => ({ ScheduleExpressionTimezone: 'UTC' })),
  },
  {
    name: '昼に止めるスケジュール',
    caught: 'pause-schedule',
    names: ['rest-database', '仕事の時間'],
    edit: schedule('rest-database', () => ({ ScheduleExpression: 'cron(10 13 ? * * *)' })),
  },
  {
    name: 'パラメータの名前が SDK のまま',
    caught: 'pause-schedule',
    names: ['rest-database', 'DbClusterIdentifier'],
    edit: schedule('rest-database', ({ Target }) => ({
      Target: { ...(Target as object), Input: JSON.stringify({ DBClusterIdentifier: MOUNT }) },
    })),
  },
  {
    name: 'Aurora を起こすものがない',
    caught: 'pause-schedule',
    names: ['Auroraを起こすスケジュールがありません'],
    edit: schedule('wake-database', () => ({ State: 'DISABLED' })),
  },
  {
    name: 'Aurora を平日にしか止め直さない',
    caught: 'pause-schedule',
    names: ['平日だけ'],
    edit: schedule('rest-database', () => ({ ScheduleExpression: 'cron(10 18 ? * MON-FRI *)' })),
  },
];

let moto: Moto;
let calls: Call[];

beforeAll(async () => {
  moto = await startMoto({ managedPolicies: true });
  const credentials = await moto.account();
  const settings = { endpoint: moto.endpoint, region: 'ap-northeast-1', credentials };
  const [rds, ec2, ecs] = [new RDS(settings), new EC2(settings), new ECS(settings)];
  const applicationAutoScaling = new ApplicationAutoScaling(settings);
  const { network } = await buildDatabase(ec2, rds, { cluster: { DeletionProtection: true } });
  await buildService(
    {
      ec2,
      ecs,
      applicationAutoScaling,
      acm: new ACM(settings),
      ecr: new ECR(settings),
      elbv2: new ElasticLoadBalancingV2(settings),
      iam: new IAM(settings),
      logs: new CloudWatchLogs(settings),
      secretsManager: new SecretsManager(settings),
    },
    network,
  );
  await ecs.updateService({ cluster: CLUSTER, service: SERVICE, desiredCount: 2 });
  const bounds = {
    ServiceNamespace: 'ecs',
    ResourceId: `service/${CLUSTER}/${SERVICE}`,
    ScalableDimension: 'ecs:service:DesiredCount',
  } as const;
  await applicationAutoScaling.registerScalableTarget({ ...bounds, MinCapacity: 2, MaxCapacity: 4 });
  await alarmAndBudget(settings);
  await schedules(new Scheduler(settings), bounds);
  const looked = await judge(STEP, { endpoint: moto.endpoint, credentials });
  calls = [...looked.calls, ...(await subscribers(looked.calls))];
}, 120_000);
afterAll(() => moto.stop());

async function alarmAndBudget(settings: {
  endpoint: string;
  region: string;
  credentials: AwsCredentialIdentity;
}): Promise<void> {
  const sns = new SNS(settings);
  const { TopicArn = '' } = await sns.createTopic({ Name: 'bell' });
  await sns.subscribe({ TopicArn, Protocol: 'email', Endpoint: 'me@example.com' });
  await new CloudWatch(settings).putMetricAlarm({
    AlarmName: 'busy',
    Namespace: 'AWS/ECS',
    MetricName: 'CPUUtilization',
    Dimensions: [{ Name: 'ServiceName', Value: SERVICE }],
    AlarmActions: [TopicArn],
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 90,
    ComparisonOperator: 'GreaterThanThreshold',
    Statistic: 'Average',
  });
  const { Account } = await new STS(settings).getCallerIdentity({});
  await new Budgets(settings).createBudget({
    AccountId: Account,
    Budget: {
      BudgetName: 'month',
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: '200', Unit: 'USD' },
    },
    NotificationsWithSubscribers: [
      {
        Notification: { NotificationType: 'ACTUAL', ComparisonOperator: 'GREATER_THAN', Threshold: 80 },
        Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'me@example.com' }],
      },
    ],
  });
}

async function schedules(scheduler: Scheduler, bounds: object): Promise<void> {
  const tasks = { Cluster: CLUSTER, Service: SERVICE };
  const database = { DbClusterIdentifier: MOUNT };
  const all: [string, string, string, object][] = [
    ['rest-scaling', '0 18 ? * * *', 'applicationautoscaling:registerScalableTarget', { ...bounds, MinCapacity: 0 }],
    ['rest-tasks', '1 18 ? * * *', 'ecs:updateService', { ...tasks, DesiredCount: 0 }],
    ['rest-database', '10 3,18 ? * * *', 'rds:stopDBCluster', database],
    ['wake-database', '30 8 ? * MON-FRI *', 'rds:startDBCluster', database],
    [
      'wake-scaling',
      '0 9 ? * MON-FRI *',
      'applicationautoscaling:registerScalableTarget',
      { ...bounds, MinCapacity: 2 },
    ],
    ['wake-tasks', '1 9 ? * MON-FRI *', 'ecs:updateService', { ...tasks, DesiredCount: 2 }],
    // Somebody else's, which has nothing to do with the blog.
    ['other', '0 12 ? * * *', 'rds:stopDBCluster', { DbClusterIdentifier: 'somebody-elses' }],
  ];
  for (const [Name, cron, action, input] of all) {
    await scheduler.createSchedule({
      Name,
      ScheduleExpression: `cron(${cron})`,
      ScheduleExpressionTimezone: 'Asia/Tokyo',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: `arn:aws:scheduler:::aws-sdk:${action}`,
        RoleArn: 'arn:aws:iam::111122223333:role/clock',
        Input: JSON.stringify(input),
      },
    });
  }
}

/** What the emulator doesn't know: whom the budget tells. */
async function subscribers(looked: Call[]): Promise<Call[]> {
  return looked
    .filter(({ input }) => (input as { method?: string }).method === 'describeSubscribersForNotification')
    .map(({ port, action, input }) => ({
      port,
      action,
      input,
      output: { Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'me@example.com' }] },
    }));
}

/** The emulator starts no tasks; AWS would have. */
const started: Edit = change('describeServices', 'services', (one) => ({ ...one, runningCount: one.desiredCount }));

async function judged(edit: Edit) {
  const { results } = await rejudge(STEP, calls, (call) => {
    const running = started(call);
    return edit(running ? { ...call, output: running } : call) ?? running;
  });
  // The pages are looked at elsewhere.
  results.delete('origins');
  return results;
}

test('the right environment passes every check', async () => {
  const results = await judged(() => undefined);
  expect([...results].filter(([, { status }]) => status !== 'pass')).toEqual([]);
  expect(results.size).toBe(7);
});

describe.each(sampled(mistakes))('$name', ({ caught, names, edit }) => {
  test(`is caught by ${caught}, and by nothing else`, async () => {
    const results = await judged(edit);
    expect([...results].filter(([, { status }]) => status !== 'pass').map(([id]) => id)).toEqual([caught]);
    expect(results.get(caught)?.status).toBe('fail');
    for (const name of names) expect(results.get(caught)?.evidence).toContain(name);
  });
});
