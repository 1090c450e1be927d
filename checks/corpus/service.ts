import type { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { ECR } from '@aws-sdk/client-ecr';
import type {
  ContainerDefinition,
  CreateServiceCommandInput,
  ECS,
  RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import type { IAM } from '@aws-sdk/client-iam';
import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { type BuiltLoadBalancer, buildLoadBalancer, type Clients as LoadBalancerClients } from './load-balancer.ts';
import type { Built } from './network.ts';
import { addGroup, type Groups, letIn } from './security-groups.ts';

export interface Clients extends LoadBalancerClients {
  applicationAutoScaling: ApplicationAutoScaling;
  ecr: ECR;
  ecs: ECS;
  iam: IAM;
  logs: CloudWatchLogs;
  secretsManager: SecretsManager;
}

/** Ids and ARNs of what was built; a mistake points at them. */
export interface BuiltService {
  loadBalancer: BuiltLoadBalancer;
  group: string;
  secret: string;
  executionRole: string;
  taskRole: string;
  taskDefinition: string;
}

export const CLUSTER = 'farm';
export const SERVICE = 'cows';
const REPOSITORY = 'milk';
const LOG_GROUP = '/farm/cows';
/** The log stream of the one-off task. */
export const MIGRATION = 'cow/cow/0123456789abcdef0123456789abcdef';
const INDEX = 'application/vnd.oci.image.index.v1+json';

/** What may differ from the plan: each a slip that can only be made while building. */
export interface ServiceDeviations {
  container?: (container: ContainerDefinition) => ContainerDefinition;
  taskDefinition?: Partial<RegisterTaskDefinitionCommandInput>;
  service?: (network: Built, loadBalancer: BuiltLoadBalancer) => Partial<CreateServiceCommandInput>;
  architecture?: string;
  secret?: string;
  trust?: string;
  /** What the one-off task of the migrations wrote into the log; null where it never ran. */
  migrated?: string | null;
  /** Who may read the secret. */
  secretReader?: 'execution' | 'task' | 'nobody';
  /** The load balancer's and the tasks' groups, where they were made before. */
  groups?: Pick<Groups, 'alb' | 'ecs'>;
  /** What stands in place of a name that nobody expects. */
  name?: (own: string) => string;
}

/** Builds the plan's service with everything that it needs, by plain calls in place of clicks, with other names. */
export async function buildService(
  clients: Clients,
  network: Built,
  deviations: ServiceDeviations = {},
): Promise<BuiltService> {
  const { ec2, ecr, ecs, elbv2, iam, logs, secretsManager, applicationAutoScaling } = clients;
  const { groups, name = (own) => own } = deviations;
  const loadBalancer = await buildLoadBalancer(clients, network, { name, ...(groups && { group: groups.alb }) });
  const group = groups?.ecs ?? (await addGroup(ec2, network.vpc, 'barn'));
  if (!groups) await letIn(ec2, group, 4000, loadBalancer.group);
  const repository = await ecr.createRepository({ repositoryName: name(REPOSITORY) });
  await ecr.putImage({
    repositoryName: name(REPOSITORY),
    imageTag: 'initial',
    imageManifestMediaType: INDEX,
    imageManifest: JSON.stringify({
      schemaVersion: 2,
      mediaType: INDEX,
      manifests: [
        {
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          digest: `sha256:${'0'.repeat(64)}`,
          size: 1,
          platform: { os: 'linux', architecture: deviations.architecture ?? 'amd64' },
        },
      ],
    }),
  });
  const { ARN: secret = '' } = await secretsManager.createSecret({
    Name: name('hay'),
    SecretString:
      deviations.secret ??
      JSON.stringify({
        host: 'h',
        username: 'u',
        password: 'p',
        dbname: 'd',
        port: 5432,
        SUPABASE_URL: 'https://x.example',
      }),
  });
  const logGroupName = name(LOG_GROUP);
  await logs.createLogGroup({ logGroupName });
  const { migrated = 'マイグレーションを 3 件適用しました。' } = deviations;
  if (migrated !== null) {
    await logs.createLogStream({ logGroupName, logStreamName: MIGRATION });
    const logEvents = [{ timestamp: Date.now(), message: migrated }];
    await logs.putLogEvents({ logGroupName, logStreamName: MIGRATION, logEvents });
  }

  const trust = (service: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
    });
  const role = async (RoleName: string) =>
    (await iam.createRole({ RoleName, AssumeRolePolicyDocument: trust(deviations.trust ?? 'ecs-tasks.amazonaws.com') }))
      .Role?.Arn ?? '';
  const [executionRole, taskRole] = [await role(name('farmer')), await role(name('cow'))];
  await iam.attachRolePolicy({
    RoleName: name('farmer'),
    PolicyArn: 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy',
  });
  const reader = { execution: 'farmer', task: 'cow', nobody: null }[deviations.secretReader ?? 'execution'];
  if (reader) {
    await iam.putRolePolicy({
      RoleName: name(reader),
      PolicyName: 'hay',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: secret }],
      }),
    });
  }

  const container: ContainerDefinition = {
    name: 'cow',
    image: `${repository.repository?.repositoryUri}:initial`,
    essential: true,
    portMappings: [{ containerPort: 4000 }],
    environment: [
      { name: 'NODE_ENV', value: 'production' },
      { name: 'CORS_ORIGIN', value: 'https://x.example' },
    ],
    secrets: [
      ['DATABASE_HOST', 'host'],
      ['DATABASE_USER', 'username'],
      ['DATABASE_PASSWORD', 'password'],
      ['DATABASE_NAME', 'dbname'],
      ['SUPABASE_URL', 'SUPABASE_URL'],
    ].map(([variable, key]) => ({ name: variable, valueFrom: `${secret}:${key}::` })),
    logConfiguration: {
      logDriver: 'awslogs',
      options: { 'awslogs-group': name(LOG_GROUP), 'awslogs-region': 'ap-northeast-1', 'awslogs-stream-prefix': 'cow' },
    },
  };
  const { taskDefinition } = await ecs.registerTaskDefinition({
    family: name('cows'),
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    executionRoleArn: executionRole,
    taskRoleArn: taskRole,
    containerDefinitions: [deviations.container?.(container) ?? container],
    ...deviations.taskDefinition,
  });
  await ecs.createCluster({ clusterName: name(CLUSTER) });
  await ecs.createService({
    cluster: name(CLUSTER),
    serviceName: name(SERVICE),
    launchType: 'FARGATE',
    desiredCount: 1,
    taskDefinition: taskDefinition?.taskDefinitionArn,
    networkConfiguration: {
      awsvpcConfiguration: { subnets: network.privateSubnets, securityGroups: [group], assignPublicIp: 'DISABLED' },
    },
    loadBalancers: [{ targetGroupArn: loadBalancer.targetGroup, containerName: 'cow', containerPort: 4000 }],
    ...deviations.service?.(network, loadBalancer),
  });
  const scalable = {
    ServiceNamespace: 'ecs',
    ResourceId: `service/${name(CLUSTER)}/${name(SERVICE)}`,
    ScalableDimension: 'ecs:service:DesiredCount',
  } as const;
  await applicationAutoScaling.registerScalableTarget({ ...scalable, MinCapacity: 1, MaxCapacity: 4 });
  await applicationAutoScaling.putScalingPolicy({
    ...scalable,
    PolicyName: 'busy',
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: 70,
      PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
    },
  });
  // What ECS does once a task runs.
  await elbv2.registerTargets({
    TargetGroupArn: loadBalancer.targetGroup,
    Targets: [{ Id: '10.0.11.10', Port: 4000 }],
  });
  return {
    loadBalancer,
    group,
    secret,
    executionRole,
    taskRole,
    taskDefinition: taskDefinition?.taskDefinitionArn ?? '',
  };
}
