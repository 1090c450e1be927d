import type { TaskDefinition as AwsTaskDefinition, ContainerDefinition } from '@aws-sdk/client-ecs';
import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { workbookStack } from './stack.ts';

/** An environment variable that ECS fills in from elsewhere when a task starts. */
export interface SecretReference {
  /** Name of the variable in the container. */
  name: string;
  /** As it is written, e.g. `arn:aws:secretsmanager:…:secret:blog-AbCdEf:password::`. */
  from: string;
}

export interface Container {
  name: string;
  image: string;
  ports: number[];
  /** Names of the plain environment variables; their values are never read. */
  environment: string[];
  secrets: SecretReference[];
  /** Its own hard limit: beyond it the container is killed. Null where only the task's counts. */
  memoryMiB: number | null;
  /** Null without the awslogs driver. */
  logs: { group: string; region: string; creates: boolean; streamPrefix: string } | null;
}

export interface TaskDefinition {
  family: string;
  revision: number;
  /** 1024 units are one vCPU. */
  cpu: number | null;
  memoryMiB: number | null;
  networkMode: string;
  fargate: boolean;
  /** `X86_64` or `ARM64`. */
  architecture: string;
  /** `LINUX`, or one of Windows' names. */
  system: string;
  executionRole: string | null;
  taskRole: string | null;
  containers: Container[];
}

/** One revision of a task definition, by ARN, `family:revision`, or `family` for the newest active one. */
export async function taskDefinition(world: World, reference: string): Promise<Resource<TaskDefinition>> {
  const [{ taskDefinition: one }, stack] = await Promise.all([
    world.aws.ecs.describeTaskDefinition({ taskDefinition: reference }),
    workbookStack(world),
  ]);
  return resource(one ?? {}, stack.origin(one?.taskDefinitionArn));
}

/** ARNs of every active revision of every task definition of the region. */
export async function activeRevisions({ aws }: World): Promise<string[]> {
  const { taskDefinitionArns = [] } = await aws.ecs.listTaskDefinitions({ status: 'ACTIVE' });
  return taskDefinitionArns;
}

/** The container that serves requests: the one with a port, else the first. */
export function servingContainer({ properties: { containers } }: Resource<TaskDefinition>): Container | undefined {
  return containers.find(({ ports }) => ports.length > 0) ?? containers[0];
}

function resource(one: AwsTaskDefinition, origin: Resource['origin']): Resource<TaskDefinition> {
  const containers = (one.containerDefinitions ?? []).map(container);
  return {
    type: 'AWS::ECS::TaskDefinition',
    id: `${one.family}:${one.revision}`,
    arn: one.taskDefinitionArn ?? null,
    name: one.family ?? null,
    parent: null,
    relations: {
      role: [one.executionRoleArn, one.taskRoleArn].filter((role) => role !== undefined),
      secret: containers.flatMap(({ secrets }) => secrets.map(({ from }) => from)),
      logGroup: containers.flatMap(({ logs }) => logs?.group ?? []),
    },
    origin,
    properties: {
      family: one.family ?? '',
      revision: one.revision ?? 0,
      cpu: one.cpu ? Number(one.cpu) : null,
      memoryMiB: one.memory ? Number(one.memory) : null,
      networkMode: one.networkMode ?? '',
      fargate: [...(one.requiresCompatibilities ?? []), ...(one.compatibilities ?? [])].includes('FARGATE'),
      architecture: one.runtimePlatform?.cpuArchitecture ?? 'X86_64',
      system: one.runtimePlatform?.operatingSystemFamily ?? 'LINUX',
      executionRole: one.executionRoleArn ?? null,
      taskRole: one.taskRoleArn ?? null,
      containers,
    },
  };
}

function container(one: ContainerDefinition): Container {
  const { logDriver, options = {} } = one.logConfiguration ?? {};
  return {
    name: one.name ?? '',
    image: one.image ?? '',
    ports: (one.portMappings ?? []).flatMap(({ containerPort }) => containerPort ?? []),
    environment: (one.environment ?? []).map(({ name }) => name ?? ''),
    memoryMiB: one.memory ?? null,
    secrets: (one.secrets ?? []).map(({ name, valueFrom }) => ({ name: name ?? '', from: valueFrom ?? '' })),
    logs:
      logDriver === 'awslogs'
        ? {
            group: options['awslogs-group'] ?? '',
            region: options['awslogs-region'] ?? '',
            creates: options['awslogs-create-group'] === 'true',
            streamPrefix: options['awslogs-stream-prefix'] ?? '',
          }
        : null,
  };
}
