import type { Deployment } from './scheduler.ts';
import type { ServiceSettings } from './service-notes.ts';
import type { LiveTask } from './task.ts';

/** A service of ECS, and what it has lived through since the rehearsal was started. */
export interface LiveService {
  arn: string;
  name: string;
  cluster: string;
  settings: ServiceSettings;
  /** The newest first; those that are over and have no task any more are gone. */
  deployments: Deployment[];
  /** The last one that completed: what a roll-back goes to. */
  completed: Deployment | null;
  /** Newest first, at most 100. */
  events: { id: string; createdAt: Date; message: string }[];
  /** How many forced deployments were begun. */
  forced: number;
}

/** Adds to the service's account of what happened. */
export function tell(service: LiveService, message: string): void {
  service.events.unshift({ id: crypto.randomUUID(), createdAt: new Date(), message });
  service.events.length = Math.min(service.events.length, 100);
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
