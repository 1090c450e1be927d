import { ACM } from '@aws-sdk/client-acm';
import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { type ContainerDefinition, ECS, type Task } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAM } from '@aws-sdk/client-iam';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { buildNetwork } from '@blog-aws-practice/checks/corpus/network.ts';
import {
  type BuiltService,
  buildService,
  CLUSTER,
  type Clients,
  SERVICE,
} from '@blog-aws-practice/checks/corpus/service.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTrial, type Trial } from '../trial.ts';

// The right service runs; then one mistake at a time is deployed, fails as in AWS, and is rolled back by itself.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

let trial: Trial;
let aws: Clients;
let built: BuiltService;
let right: ContainerDefinition;

beforeAll(async () => {
  trial = await startTrial({ live: true });
  aws = {
    acm: trial.client(ACM),
    applicationAutoScaling: trial.client(ApplicationAutoScaling),
    ec2: trial.client(EC2),
    ecr: trial.client(ECR),
    ecs: trial.client(ECS),
    elbv2: trial.client(ElasticLoadBalancingV2),
    iam: trial.client(IAM),
    logs: trial.client(CloudWatchLogs),
    secretsManager: trial.client(SecretsManager),
  };
  const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: true } };
  built = await buildService(aws, await buildNetwork(aws.ec2), {
    service: () => ({ deploymentConfiguration, healthCheckGracePeriodSeconds: 30 }),
  });
  const { taskDefinition } = await aws.ecs.describeTaskDefinition({ taskDefinition: built.taskDefinition });
  [right = {}] = taskDefinition?.containerDefinitions ?? [];
  // The builder registers one by hand, for an emulator in which nothing runs.
  const Targets = [{ Id: '10.0.11.10', Port: 4000 }];
  await aws.elbv2.deregisterTargets({ TargetGroupArn: built.loadBalancer.targetGroup, Targets });
});
afterAll(() => trial.close());

async function service() {
  const { services: [found] = [] } = await aws.ecs.describeServices({ cluster: CLUSTER, services: [SERVICE] });
  return found;
}

/** Waits until the service has come to rest, on whichever revision. */
async function settled(): Promise<void> {
  await expect
    .poll(async () => (await service())?.deployments?.map(({ rolloutState }) => rolloutState), { timeout: 100_000 })
    .toEqual(['COMPLETED']);
}

/** Deploys a revision; tells its ARN. */
async function deploy(change: (container: ContainerDefinition) => ContainerDefinition): Promise<string> {
  const { taskDefinition } = await aws.ecs.registerTaskDefinition({
    family: 'cows',
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    executionRoleArn: built.executionRole,
    containerDefinitions: [change(right)],
  });
  const arn = taskDefinition?.taskDefinitionArn ?? '';
  await aws.ecs.updateService({ cluster: CLUSTER, service: SERVICE, taskDefinition: arn });
  return arn;
}

async function stopped(revision: string): Promise<Task[]> {
  const { taskArns = [] } = await aws.ecs.listTasks({ cluster: CLUSTER, desiredStatus: 'STOPPED' });
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await aws.ecs.describeTasks({ cluster: CLUSTER, tasks: taskArns });
  return tasks.filter(({ taskDefinitionArn }) => taskDefinitionArn === revision);
}

const secretFrom = (valueFrom: (secret: string) => string) => (container: ContainerDefinition) => ({
  ...container,
  secrets: container.secrets?.map((one) =>
    one.name === 'DATABASE_PASSWORD' ? { ...one, valueFrom: valueFrom(built.secret) } : one,
  ),
});
const withEnvironment = (name: string, value: string) => (container: ContainerDefinition) => ({
  ...container,
  environment: [...(container.environment ?? []).filter((one) => one.name !== name), { name, value }],
});

interface Mistake {
  name: string;
  change: (container: ContainerDefinition) => ContainerDefinition;
  /** In the stopped task's reason or its container's. */
  reason: RegExp;
  exitCode?: number;
}

const mistakes: Mistake[] = [
  {
    name: 'a secret without the key',
    change: secretFrom((secret) => `${secret}:passwort::`),
    reason: /^ResourceInitializationError: .* did not contain json key passwort$/,
  },
  {
    name: 'a crash at start',
    change: withEnvironment('CORS_ORIGIN', 'not an origin'),
    reason: /^Essential container in task exited$/,
    exitCode: 1,
  },
  {
    name: 'another port than the one declared',
    change: withEnvironment('PORT', '8080'),
    reason: /^Task failed ELB health checks in \(target-group arn:.*\)$/,
  },
  {
    name: 'too little memory',
    change: (container) => ({ ...container, memory: 32 }),
    reason: /^OutOfMemoryError: Container killed due to memory usage$/,
    exitCode: 137,
  },
  {
    name: 'a tag that is not in the registry',
    change: (container) => ({ ...container, image: container.image?.replace('initial', 'newest') }),
    reason: /^CannotPullContainerError: .*:newest: not found$/,
  },
  {
    name: 'a secret that is not there',
    change: secretFrom((secret) => `${secret.slice(0, -6)}AAAAAA:password::`),
    reason: /^ResourceInitializationError: .*secrets manager: /,
  },
  {
    name: 'a log group that is not there',
    change: (container) => ({
      ...container,
      logConfiguration: {
        logDriver: 'awslogs',
        options: { ...container.logConfiguration?.options, 'awslogs-group': '/nowhere' },
      },
    }),
    reason: /^ResourceInitializationError: failed to validate logger args: .*log group does not exist/,
  },
];
/** The first four say all that is different; the others with PROVE=1 (`npm run prove`). */
const played = process.env.PROVE ? mistakes : mistakes.slice(0, 4);

it('runs, registered and healthy, with its log', async () => {
  await settled();
  expect(await service()).toMatchObject({ desiredCount: 1, runningCount: 1, pendingCount: 0 });
  const { TargetHealthDescriptions = [] } = await aws.elbv2.describeTargetHealth({
    TargetGroupArn: built.loadBalancer.targetGroup,
  });
  expect(TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State)).toEqual(['healthy']);
  await expect
    .poll(async () => {
      const { events = [] } = await aws.logs.filterLogEvents({ logGroupName: '/farm/cows' });
      return events.map(({ message = '' }) => message).join('\n');
    })
    .toContain('"port":4000');
});

describe.each(played)('$name', ({ change, reason, exitCode }) => {
  it('stops the task as AWS does, and the deployment goes back by itself', async () => {
    const before = (await service())?.taskDefinition;
    const broken = await deploy(change);
    await expect.poll(async () => (await service())?.taskDefinition, { timeout: 100_000 }).toBe(before);
    await settled();
    const [task] = await stopped(broken);
    expect(`${task?.containers?.[0]?.reason ?? task?.stoppedReason}`).toMatch(reason);
    expect(task?.containers?.[0]?.exitCode).toBe(exitCode ?? task?.containers?.[0]?.exitCode);
    expect(await service()).toMatchObject({ runningCount: 1, taskDefinition: before });
    const { serviceDeployments: [last] = [] } = await aws.ecs.listServiceDeployments({
      cluster: CLUSTER,
      service: SERVICE,
    });
    expect(last).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      statusReason: expect.stringContaining('circuit breaker'),
    });
  });
});

it('a closed security group makes the target time out, an opened one lets it in again', async () => {
  const { SecurityGroups: [group] = [] } = await aws.ec2.describeSecurityGroups({ GroupIds: [built.group] });
  const IpPermissions = group?.IpPermissions ?? [];
  const reasons = async () => {
    const { TargetHealthDescriptions = [] } = await aws.elbv2.describeTargetHealth({
      TargetGroupArn: built.loadBalancer.targetGroup,
    });
    return TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.Reason ?? TargetHealth?.State);
  };
  await aws.ec2.revokeSecurityGroupIngress({ GroupId: built.group, IpPermissions });
  await expect.poll(reasons, { timeout: 60_000 }).toContain('Target.Timeout');
  await aws.ec2.authorizeSecurityGroupIngress({ GroupId: built.group, IpPermissions });
  await expect.poll(reasons, { timeout: 60_000 }).toEqual(expect.arrayContaining(['healthy']));
});
