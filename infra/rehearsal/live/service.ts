import type { Service } from '@aws-sdk/client-ecs';
import type { Deployment } from './deployment.ts';
import type { ServiceSettings } from './service-notes.ts';
import type { LiveTask, Registration } from './task.ts';

/** A service of ECS, and what it has lived through since the rehearsal was started. */
export interface LiveService {
  arn: string;
  name: string;
  cluster: string;
  settings: ServiceSettings;
  /** The newest first; those that are over and have no task any more are gone. */
  deployments: Deployment[];
  /** Every deployment, the newest first, at most 100. */
  history: Deployment[];
  /** The last one that completed: what a roll-back goes to. */
  completed: Deployment | null;
  /** Newest first, at most 100. */
  events: { id: string; createdAt: Date; message: string }[];
  /** What the newest deployment was begun for. */
  revision: string;
}

/** Adds to the service's account of what happened. */
export function tell(service: LiveService, message: string): void {
  service.events.unshift({ id: crypto.randomUUID(), createdAt: new Date(), message });
  service.events.length = Math.min(service.events.length, 100);
}

/** What a new deployment begins for, when it changes: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html */
export function revisionOf(
  definition: string,
  { loadBalancers = [], networkConfiguration }: Service,
  { forced }: ServiceSettings,
): string {
  const { subnets = [], securityGroups = [], assignPublicIp } = networkConfiguration?.awsvpcConfiguration ?? {};
  const places = loadBalancers.map((one) => [
    one.targetGroupArn,
    one.containerName,
    one.containerPort,
    one.advancedConfiguration?.alternateTargetGroupArn,
    one.advancedConfiguration?.productionListenerRule,
  ]);
  return JSON.stringify([definition, places, subnets, securityGroups, assignPublicIp, forced]);
}

/** Begins a deployment; what was primary goes on until its tasks are replaced. */
export function begin(
  service: LiveService,
  definition: string,
  registrations: readonly Registration[],
  isRollback = false,
): Deployment {
  for (const deployment of service.deployments) deployment.status = 'ACTIVE';
  const id = `ecs-svc/${String(Math.random()).slice(2).padEnd(19, '0').slice(0, 19)}`;
  const now = new Date();
  const deployment: Deployment = {
    id,
    definition,
    registrations,
    strategy: service.settings.deploymentConfiguration.strategy === 'BLUE_GREEN' ? 'BLUE_GREEN' : 'ROLLING',
    status: 'PRIMARY',
    rollout: 'IN_PROGRESS',
    stage: 'SCALE_UP',
    reason: `ECS deployment ${id} in progress.`,
    failed: 0,
    createdAt: now,
    updatedAt: now,
    retryAt: 0,
    shiftedAt: null,
    stopped: false,
    alarms: [],
    goesBack: false,
    rollback: null,
    isRollback,
  };
  service.deployments.unshift(deployment);
  service.history.unshift(deployment);
  service.history.length = Math.min(service.history.length, 100);
  return deployment;
}

/**
 * A service as DescribeServices tells it, over moto's own answer.
 *
 * @param service null before the rehearsal took it up
 * @param tasks its tasks that haven't stopped
 */
export function describeService(
  answer: Record<string, unknown>,
  { deploymentConfiguration, healthCheckGracePeriodSeconds }: ServiceSettings,
  service: LiveService | null,
  tasks: readonly LiveTask[],
): Record<string, unknown> {
  const common = { ...answer, deploymentConfiguration, healthCheckGracePeriodSeconds };
  const desired = Number(answer.desiredCount ?? 0);
  if (!service) return { ...common, runningCount: 0, pendingCount: desired };
  return {
    ...common,
    taskDefinition: service.deployments.find(({ status }) => status === 'PRIMARY')?.definition ?? answer.taskDefinition,
    ...counts(tasks),
    deployments: service.deployments.map((deployment) => ({
      id: deployment.id,
      status: deployment.status,
      taskDefinition: deployment.definition,
      desiredCount: deployment.status === 'PRIMARY' ? desired : 0,
      ...counts(tasks.filter(({ startedBy }) => startedBy === deployment.id)),
      failedTasks: deployment.failed,
      createdAt: deployment.createdAt.getTime() / 1000,
      updatedAt: deployment.updatedAt.getTime() / 1000,
      launchType: 'FARGATE',
      platformVersion: '1.4.0',
      networkConfiguration: answer.networkConfiguration,
      rolloutState: deployment.rollout,
      rolloutStateReason: deployment.reason,
    })),
    events: service.events.map(({ id, createdAt, message }) => ({
      id,
      createdAt: createdAt.getTime() / 1000,
      message,
    })),
  };
}

function counts(tasks: readonly LiveTask[]): { runningCount: number; pendingCount: number } {
  const wanted = tasks.filter(({ desired }) => desired === 'RUNNING');
  const running = wanted.filter(({ status }) => status === 'RUNNING').length;
  return { runningCount: running, pendingCount: wanted.length - running };
}
