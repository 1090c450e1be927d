import type { AwsCredentialIdentity } from '@smithy/types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltChapter, buildChapter, type ChapterDeviations, type Clients, clientsOf } from '../corpus/chapter.ts';
import { judge } from '../corpus/judged.ts';
import { type Moto, startMoto } from '../corpus/moto.ts';
import { letIn } from '../corpus/security-groups.ts';
import type { Choice } from '../world.ts';

// The whole chapter, built right by plain calls in place of clicks, in the ways that people build it: not one check may
// say anything but pass. The default VPC is always beside it. All of them with PROVE=1, else the two that differ most.

interface Build {
  name: string;
  /** What is there before the learner begins. */
  before?: (clients: Clients) => Promise<void>;
  building?: ChapterDeviations;
  make?: (clients: Clients, built: BuiltChapter) => Promise<void>;
  choice?: (built: BuiltChapter) => Partial<Choice>;
}

const PLAN: Record<string, string> = {
  kiji: 'blog-aws-practice-db',
  'kiji-a': 'blog-aws-practice-db-1',
  front: 'blog-aws-practice-alb',
  people: 'blog-aws-practice-tg',
  milk: 'blog-aws-practice-server',
  hay: 'blog-aws-practice-secret',
  farm: 'blog-aws-practice-cluster',
  cows: 'blog-aws-practice-service',
  '/farm/cows': '/ecs/blog-aws-practice-server',
};

const builds: Build[] = [
  { name: 'other names, no tags' },
  { name: 'what chapters 3 to 5 make of it', make: laterChapters },
  { name: 'the plan’s names', building: { name: (own) => PLAN[own] ?? own } },
  {
    name: 'a stranger’s second environment beside it, and a target chosen',
    before: async (clients) => {
      await buildChapter(clients, { name: (own) => `stranger-${own.replaceAll('/', '')}` });
    },
    choice: ({ network }) => ({ vpc: network.vpc, vpcFrom: 'flag' }),
  },
  {
    name: 'Serverless v2 that pauses, a newer patch, more keys in the secret',
    building: {
      database: {
        cluster: { ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 2, SecondsUntilAutoPause: 300 } },
        instance: { class: 'db.serverless' },
      },
      secret: { engine: 'postgres', dbClusterIdentifier: 'kiji', SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x' },
    },
  },
  {
    name: 'a third zone, a way to S3 and a bastion that nobody outside reaches',
    make: async ({ ec2 }, { network }) => {
      for (const [CidrBlock, RouteTableId] of [
        ['10.0.3.0/24', network.publicTable],
        ['10.0.13.0/24', network.privateTables[1]],
      ]) {
        const { Subnet } = await ec2.createSubnet({
          VpcId: network.vpc,
          CidrBlock,
          AvailabilityZone: 'ap-northeast-1d',
        });
        await ec2.associateRouteTable({ RouteTableId, SubnetId: Subnet?.SubnetId });
      }
      await ec2.createVpcEndpoint({
        VpcId: network.vpc,
        ServiceName: 'com.amazonaws.ap-northeast-1.s3',
        RouteTableIds: network.privateTables,
      });
      const { GroupId = '' } = await ec2.createSecurityGroup({
        VpcId: network.vpc,
        GroupName: 'bastion',
        Description: 'bastion',
      });
      await letIn(ec2, GroupId, 22, '10.0.0.0/16');
    },
  },
];

/** Releases side by side in two target groups, the second one live; more tasks, more origins, protection from deletion. */
async function laterChapters(clients: Clients, { network, service, cluster }: BuiltChapter): Promise<void> {
  const { applicationAutoScaling, ecs, elbv2, rds } = clients;
  const { TargetGroups: [green] = [] } = await elbv2.createTargetGroup({
    Name: 'people-2',
    VpcId: network.vpc,
    TargetType: 'ip',
    Protocol: 'HTTP',
    Port: 4000,
    HealthCheckPath: '/health',
    Matcher: { HttpCode: '200' },
  });
  const [blue, alternate] = [service.loadBalancer.targetGroup, green?.TargetGroupArn ?? ''];
  const { Rules: [rule] = [] } = await elbv2.createRule({
    ListenerArn: service.loadBalancer.https,
    Priority: 5,
    Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
    Actions: [
      {
        Type: 'forward',
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: blue, Weight: 0 },
            { TargetGroupArn: alternate, Weight: 100 },
          ],
        },
      },
    ],
  });
  await elbv2.deregisterTargets({ TargetGroupArn: blue, Targets: [{ Id: '10.0.11.10', Port: 4000 }] });
  await elbv2.registerTargets({ TargetGroupArn: alternate, Targets: [{ Id: '10.0.12.20', Port: 4000 }] });
  const { services: [before] = [] } = await ecs.describeServices({ cluster: 'farm', services: ['cows'] });
  await ecs.deleteService({ cluster: 'farm', service: 'cows', force: true });
  await ecs.createService({
    cluster: 'farm',
    serviceName: 'cows',
    launchType: 'FARGATE',
    desiredCount: 2,
    taskDefinition: before?.taskDefinition,
    networkConfiguration: before?.networkConfiguration,
    loadBalancers: [
      {
        targetGroupArn: blue,
        containerName: 'cow',
        containerPort: 4000,
        advancedConfiguration: {
          alternateTargetGroupArn: alternate,
          productionListenerRule: rule?.RuleArn,
          roleArn: service.taskRole,
        },
      },
    ],
  });
  await applicationAutoScaling.registerScalableTarget({
    ServiceNamespace: 'ecs',
    ResourceId: 'service/farm/cows',
    ScalableDimension: 'ecs:service:DesiredCount',
    MinCapacity: 2,
    MaxCapacity: 4,
  });
  await rds.modifyDBCluster({ DBClusterIdentifier: cluster, DeletionProtection: true });
}

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto({ managedPolicies: true, issuing: true });
});
afterAll(() => moto.stop());

test.each(process.env.PROVE ? builds : builds.slice(0, 2))(
  '$name',
  { timeout: 240_000 },
  async ({ before, building, make, choice }) => {
    const credentials: AwsCredentialIdentity = await moto.account();
    const clients = clientsOf({ endpoint: moto.endpoint, region: 'ap-northeast-1', credentials });
    try {
      await before?.(clients);
      const built = await buildChapter(clients, building);
      await make?.(clients, built);
      const { results } = await judge('chapter-2', {
        endpoint: moto.endpoint,
        credentials,
        choice: choice?.(built) ?? {},
      });
      expect([...results].filter(([, { status }]) => status !== 'pass')).toEqual([]);
      expect(results.size).toBeGreaterThan(50);
    } finally {
      for (const client of Object.values(clients)) client.destroy();
    }
  },
);
