import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import { accountId, region } from '../resource-type.ts';
import type { Container } from './container.ts';

/** ECS's own words for a task's life: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html */
export type TaskStatus = 'PROVISIONING' | 'PENDING' | 'RUNNING' | 'DEACTIVATING' | 'STOPPING' | 'STOPPED';

/** A place in a target group: which of the task's ports it leads to. */
export interface Registration {
  targetGroup: string;
  port: number;
}

/** What a task is started with. */
export interface Order {
  cluster: string;
  /** `service:name` or `family:name`. */
  group: string;
  /** Of a service's task, the deployment. */
  startedBy: string;
  /** ARN of the revision. */
  definition: string;
  subnets: readonly string[];
  groups: readonly string[];
  hasPublicIp: boolean;
  registrations: readonly Registration[];
  /** The command and environment of the run, where it has its own. */
  command?: string[];
  environment?: Record<string, string>;
}

/** A task of the rehearsal, from the order to start it until an hour after its end. */
export interface LiveTask extends Omit<Order, 'definition' | 'subnets'> {
  id: string;
  arn: string;
  definition: TaskDefinition;
  container: ContainerDefinition;
  subnet: string;
  ip: string;
  status: TaskStatus;
  desired: 'RUNNING' | 'STOPPED';
  createdAt: Date;
  startedAt: Date | null;
  stoppingAt: Date | null;
  stoppedAt: Date | null;
  stopCode: 'TaskFailedToStart' | 'EssentialContainerExited' | 'UserInitiated' | 'ServiceSchedulerInitiated' | null;
  stoppedReason: string | null;
  containerReason: string | null;
  exitCode: number | null;
  /** Null before it runs. */
  process: Container | null;
}

export const clusterName = (reference: string | undefined): string => reference?.split('/').at(-1) ?? 'default';

export const taskArn = (cluster: string, id: string): string =>
  `arn:aws:ecs:${region}:${accountId}:task/${cluster}/${id}`;

/** Whether it ended otherwise than asked for. */
export const failed = ({ status, stopCode }: LiveTask): boolean =>
  status === 'STOPPED' && (stopCode === 'TaskFailedToStart' || stopCode === 'EssentialContainerExited');

/** A task as DescribeTasks tells it. */
export function describeTask(task: LiveTask): Record<string, unknown> {
  const seconds = (date: Date | null) => (date === null ? undefined : date.getTime() / 1000);
  const attachment = `${task.id.slice(0, 8)}-eni`;
  const hasStopped = task.status === 'STOPPED';
  const isWaiting = task.status === 'PROVISIONING' || task.status === 'PENDING';
  return {
    taskArn: task.arn,
    clusterArn: `arn:aws:ecs:${region}:${accountId}:cluster/${task.cluster}`,
    taskDefinitionArn: task.definition.taskDefinitionArn,
    group: task.group,
    startedBy: task.startedBy,
    launchType: 'FARGATE',
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    cpu: task.definition.cpu,
    memory: task.definition.memory,
    lastStatus: task.status,
    desiredStatus: task.desired,
    healthStatus: 'UNKNOWN',
    connectivity: hasStopped ? 'DISCONNECTED' : 'CONNECTED',
    createdAt: seconds(task.createdAt),
    startedAt: seconds(task.startedAt),
    stoppingAt: seconds(task.stoppingAt),
    stoppedAt: seconds(task.stoppedAt),
    stopCode: task.stopCode ?? undefined,
    stoppedReason: task.stoppedReason ?? undefined,
    overrides: {
      containerOverrides: [
        { name: task.container.name, command: task.command, environment: nameValues(task.environment ?? {}) },
      ],
    },
    version: 1,
    tags: [],
    attachments: [
      {
        id: attachment,
        type: 'ElasticNetworkInterface',
        status: hasStopped ? 'DELETED' : 'ATTACHED',
        details: [
          { name: 'subnetId', value: task.subnet },
          { name: 'privateIPv4Address', value: task.ip },
        ],
      },
    ],
    containers: [
      {
        containerArn: `${task.arn.replace(':task/', ':container/')}/1`,
        taskArn: task.arn,
        name: task.container.name,
        image: task.container.image,
        lastStatus: isWaiting ? 'PENDING' : hasStopped ? 'STOPPED' : 'RUNNING',
        exitCode: task.exitCode ?? undefined,
        reason: task.containerReason ?? undefined,
        healthStatus: 'UNKNOWN',
        networkBindings: [],
        networkInterfaces: [{ attachmentId: attachment, privateIpv4Address: task.ip }],
      },
    ],
  };
}

const nameValues = (environment: Record<string, string>) =>
  Object.entries(environment).map(([name, value]) => ({ name, value }));
