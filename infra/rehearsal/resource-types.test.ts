import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACM } from '@aws-sdk/client-acm';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudFront } from '@aws-sdk/client-cloudfront';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { ECS } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthesize } from '../commands/solve/assembly.ts';
import { isSupported, resourceType } from './resource-types.ts';
import { settled, startTrial, type Trial } from './trial.ts';

const repository = 'tanaka@1234567/blog-aws-practice@987654321';
let trial: Trial;
let folder: string;
let certificateArn: string;
beforeAll(async () => {
  trial = await startTrial();
  folder = await mkdtemp(join(tmpdir(), 'assemblies-'));
  const { CertificateArn = '' } = await trial.client(ACM).requestCertificate({ DomainName: 'api.example.com' });
  certificateArn = CertificateArn;
});
afterAll(async () => {
  await trial.close();
  await rm(folder, { recursive: true, force: true });
});

async function template(context: Record<string, string>): Promise<{ Resources: Record<string, { Type: string }> }> {
  const directory = await mkdtemp(join(folder, 'assembly-'));
  await synthesize(context, directory);
  const file = (await readdir(directory)).find((name) => name.endsWith('.template.json')) ?? '';
  return JSON.parse(await readFile(join(directory, file), 'utf8')) as { Resources: Record<string, { Type: string }> };
}

/** What AWS holds, by kind, for comparing before and after. */
async function holdings(): Promise<Record<string, unknown[] | undefined>> {
  const ec2 = trial.client(EC2);
  const rds = trial.client(RDS);
  const elb = trial.client(ElasticLoadBalancingV2);
  const ecs = trial.client(ECS);
  const alive = [{ Name: 'state', Values: ['available', 'pending'] }];
  return {
    vpcs: (await ec2.describeVpcs({})).Vpcs,
    subnets: (await ec2.describeSubnets({})).Subnets,
    gateways: (await ec2.describeInternetGateways({})).InternetGateways,
    nats: (await ec2.describeNatGateways({ Filter: alive })).NatGateways,
    addresses: (await ec2.describeAddresses({})).Addresses,
    tables: (await ec2.describeRouteTables({})).RouteTables,
    groups: (await ec2.describeSecurityGroups({})).SecurityGroups,
    clusters: (await rds.describeDBClusters({})).DBClusters,
    instances: (await rds.describeDBInstances({})).DBInstances,
    subnetGroups: (await rds.describeDBSubnetGroups({})).DBSubnetGroups,
    secrets: (await trial.client(SecretsManager).listSecrets({ IncludePlannedDeletion: true })).SecretList,
    repositories: (await trial.client(ECR).describeRepositories({})).repositories,
    balancers: (await elb.describeLoadBalancers({})).LoadBalancers,
    targetGroups: (await elb.describeTargetGroups({})).TargetGroups,
    // moto goes on listing deleted ones, as inactive.
    ecsClusters: (await ecs.describeClusters({ clusters: (await ecs.listClusters({})).clusterArns })).clusters?.filter(
      ({ status }) => status === 'ACTIVE',
    ),
    snapshots: (await rds.describeDBClusterSnapshots({})).DBClusterSnapshots,
    taskDefinitions: (await ecs.listTaskDefinitions({ status: 'ACTIVE' })).taskDefinitionArns,
    providers: (await trial.client(IAM).listOpenIDConnectProviders({})).OpenIDConnectProviderList,
    roles: (await trial.client(IAM).listRoles({})).Roles,
    logGroups: (await trial.client(CloudWatchLogs).describeLogGroups({})).logGroups,
    schedules: (await trial.client(Scheduler).listSchedules({})).Schedules,
    scheduleGroups: (await trial.client(Scheduler).listScheduleGroups({})).ScheduleGroups,
    distributions: (await trial.client(CloudFront).listDistributions({})).DistributionList?.Items ?? [],
  };
}

it('every file is the type of its name', async () => {
  const files = (await readdir(new URL('types/', import.meta.url))).filter((name) => !name.endsWith('.test.ts'));
  expect(files.length).toBeGreaterThan(30);
  for (const file of files) {
    const { default: definition } = (await import(new URL(`types/${file}`, import.meta.url).href)) as {
      default: { type: string };
    };
    expect(isSupported(definition.type), `${file}: ${definition.type}`).toBe(true);
    expect((await resourceType(definition.type)).type).toBe(definition.type);
  }
});

it('every list of properties names properties that exist', async () => {
  for (const file of await readdir(new URL('types/', import.meta.url))) {
    if (file.endsWith('.test.ts')) continue;
    const { default: definition } = (await import(new URL(`types/${file}`, import.meta.url).href)) as {
      default: Awaited<ReturnType<typeof resourceType>>;
    };
    const named = [...definition.replacedBy, ...Object.keys(definition.updates)];
    const unknown = named.filter((name) => !(name in definition.properties.shape));
    const twice = definition.replacedBy.filter((name) => name in definition.updates);
    expect([file, unknown, twice]).toEqual([file, [], []]);
  }
});

describe.each([
  ['own domain', (): Record<string, string> => ({ certificateArn, repository })],
  [
    'no domain and Serverless',
    (): Record<string, string> => ({ https: 'cloudfront', database: 'serverless', repository }),
  ],
])('the whole stack with %s', (_, context) => {
  const name = 'whole';
  const Capabilities = ['CAPABILITY_NAMED_IAM'];

  it('is created, found unchanged, changed and removed without a trace', { timeout: 300_000 }, async () => {
    const before = await holdings();
    expect(await trial.deploy(name, await template(context()), { Capabilities })).toEqual({
      status: 'CREATE_COMPLETE',
      reasons: [],
    });
    await expect(trial.deploy(name, await template(context()), { Capabilities })).rejects.toThrow('No updates');

    const { DBClusters: [cluster] = [] } = await trial.client(RDS).describeDBClusters({});
    expect(cluster).toMatchObject({
      DatabaseName: 'blogdb',
      StorageEncrypted: true,
      BackupRetentionPeriod: 7,
      VpcSecurityGroups: [{ VpcSecurityGroupId: expect.stringMatching(/^sg-/) }],
    });
    const { SecretList: [secret] = [] } = await trial.client(SecretsManager).listSecrets({});
    const { SecretString = '{}' } = await trial.client(SecretsManager).getSecretValue({ SecretId: secret?.ARN });
    expect(JSON.parse(SecretString)).toMatchObject({
      username: 'bloguser',
      password: expect.stringMatching(/^.{32}$/),
      host: cluster?.Endpoint,
      dbname: 'blogdb',
    });
    const ecs = trial.client(ECS);
    const revision = async () => {
      const { taskDefinitionArns: [arn] = [] } = await ecs.listTaskDefinitions({ status: 'ACTIVE' });
      return (await ecs.describeTaskDefinition({ taskDefinition: arn })).taskDefinition;
    };
    const first = await revision();
    expect(first?.containerDefinitions?.[0]).toMatchObject({
      portMappings: [{ containerPort: 4000 }],
      secrets: expect.arrayContaining([{ name: 'DATABASE_HOST', valueFrom: expect.stringMatching(/^arn:.*:host::$/) }]),
      logConfiguration: { options: { 'awslogs-group': '/ecs/blog-aws-practice-server' } },
    });

    await trial.deploy(name, await template({ ...context(), image: 'second', nat: 'none' }), { Capabilities });
    expect((await revision())?.containerDefinitions?.[0]?.image).toMatch(/:second$/);
    expect((await holdings()).nats).toEqual([]);

    // Chapter 5 protects the database; `pnpm cleanup` takes that off first.
    await trial
      .client(RDS)
      .modifyDBCluster({ DBClusterIdentifier: cluster?.DBClusterIdentifier, DeletionProtection: false });
    const cloudFormation = trial.client(CloudFormation);
    const { Stacks: [stack] = [] } = await cloudFormation.describeStacks({ StackName: name });
    await cloudFormation.deleteStack({ StackName: name });
    expect(await settled(cloudFormation, stack?.StackId ?? '')).toEqual({ status: 'DELETE_COMPLETE', reasons: [] });
    expect(await holdings()).toEqual(before);
  });
});
