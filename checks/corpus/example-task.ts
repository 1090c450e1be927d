import type { Resource } from '../check.ts';
import type { Service } from '../find/services.ts';
import type { Container, TaskDefinition } from '../find/task-definitions.ts';

const SECRET = 'arn:aws:secretsmanager:ap-northeast-1:1:secret:hay-AbCdEf';

/** A container as the plan has it, but for `changes`. */
export const container = (changes: Partial<Container> = {}): Container => ({
  name: 'cow',
  image: '1.dkr.ecr.ap-northeast-1.amazonaws.com/milk:initial',
  ports: [4000],
  environment: ['NODE_ENV', 'CORS_ORIGIN'],
  secrets: [
    ['DATABASE_HOST', 'host'],
    ['DATABASE_USER', 'username'],
    ['DATABASE_PASSWORD', 'password'],
    ['DATABASE_NAME', 'dbname'],
    ['SUPABASE_URL', 'SUPABASE_URL'],
  ].map(([name = '', key]) => ({ name, from: `${SECRET}:${key}::` })),
  memoryMiB: null,
  logs: { group: '/farm', region: 'ap-northeast-1', creates: false, streamPrefix: 'cow' },
  ...changes,
});

/** A task definition as the plan has it, but for `changes`. */
export const task = (changes: Partial<TaskDefinition> = {}): Resource<TaskDefinition> => ({
  type: 'AWS::ECS::TaskDefinition',
  id: `cows:${changes.revision ?? 1}`,
  arn: 'arn:aws:ecs:ap-northeast-1:1:task-definition/cows:1',
  name: 'cows',
  parent: null,
  relations: {},
  origin: 'console',
  properties: {
    family: 'cows',
    revision: 1,
    cpu: 256,
    memoryMiB: 512,
    networkMode: 'awsvpc',
    fargate: true,
    architecture: 'X86_64',
    system: 'LINUX',
    executionRole: 'arn:aws:iam::1:role/farmer',
    taskRole: 'arn:aws:iam::1:role/cow',
    containers: [container()],
    ...changes,
  },
});

/** A service as the plan has it, but for `changes`. */
export const service = (changes: Partial<Service> = {}): Resource<Service> => ({
  type: 'AWS::ECS::Service',
  id: 'cows',
  arn: 'arn:aws:ecs:ap-northeast-1:1:service/farm/cows',
  name: 'cows',
  parent: 'farm',
  relations: {},
  origin: 'console',
  properties: {
    cluster: 'farm',
    status: 'ACTIVE',
    launch: 'FARGATE',
    desired: 1,
    running: 1,
    pending: 0,
    taskDefinition: 'cows:1',
    subnets: ['subnet-1', 'subnet-2'],
    securityGroups: ['sg-1'],
    publicIp: false,
    loadBalancers: [{ targetGroup: 'arn:targetgroup/people/1', alternates: [], container: 'cow', port: 4000 }],
    graceSeconds: 60,
    minHealthyPercent: 100,
    maxPercent: 200,
    circuitBreaker: { enabled: true, rollback: true },
    deployments: [],
    events: [],
    ...changes,
  },
});
