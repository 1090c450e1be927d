import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import { accountId, region } from '../resource-type.ts';
import type { Container } from './container.ts';

/** ECS's own words for a task's life: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html */
export type TaskStatus = 'PROVISIONING' | 'PENDING' | 'RUNNING' | 'DEPROVISIONING' | 'STOPPED';

/** A task of the rehearsal, from the order to start it until an hour after its end. */
export interface LiveTask {
  id: string;
  arn: string;
  cluster: string;
  /** `service:name` or `family:name`. */
  group: string;
  startedBy: string;
  definition: TaskDefinition;
  container: ContainerDefinition;
  /** The command of the run, where it has one of its own. */
  command: string[];
  environment: Record<string, string>;
  subnet: string;
  ip: string;
  groups: string[];
  hasPublicIp: boolean;
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

/** A task as DescribeTasks tells it. */
export function describeTask(task: LiveTask): Record<string, unknown> {
  const seconds = (date: Date | null) => (date === null ? undefined : date.getTime() / 1000);
  const clusterArn = `arn:aws:ecs:${region}:${accountId}:cluster/${task.cluster}`;
  const attachment = `${task.id.slice(0, 8)}-eni`;
  return {
    taskArn: task.arn,
    clusterArn,
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
    connectivity: task.status === 'STOPPED' ? 'DISCONNECTED' : 'CONNECTED',
    createdAt: seconds(task.createdAt),
    startedAt: seconds(task.startedAt),
    stoppingAt: seconds(task.stoppingAt),
    stoppedAt: seconds(task.stoppedAt),
    stopCode: task.stopCode ?? undefined,
    stoppedReason: task.stoppedReason ?? undefined,
    version: 1,
    tags: [],
    attachments: [
      {
        id: attachment,
        type: 'ElasticNetworkInterface',
        status: task.status === 'STOPPED' ? 'DELETED' : 'ATTACHED',
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
        lastStatus: task.status === 'PROVISIONING' ? 'PENDING' : task.status,
        exitCode: task.exitCode ?? undefined,
        reason: task.containerReason ?? undefined,
        healthStatus: 'UNKNOWN',
        networkBindings: [],
        networkInterfaces: [{ attachmentId: attachment, privateIpv4Address: task.ip }],
      },
    ],
  };
}
