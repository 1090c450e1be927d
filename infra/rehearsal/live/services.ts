import { ECS, type Service } from '@aws-sdk/client-ecs';
import type { Context } from '../resource-type.ts';
import { speed } from './health-checks.ts';
import { type Deployment, nextSteps, type Step, type Wanted } from './scheduler.ts';
import { describeService, type LiveService, tell } from './service.ts';
import { ServiceNotes } from './service-notes.ts';
import type { Targets } from './targets.ts';
import { clusterName, type LiveTask } from './task.ts';
import type { Tasks } from './tasks.ts';

/** ECS's services: keeps for each as many tasks as wanted, deploys revision after revision, and tells how it goes. */
export class Services {
  /** Makes changes that stay, such as a roll-back. */
  readonly #client: Context['client'];
  readonly #tasks: Tasks;
  readonly #targets: Targets;
  readonly #services = new Map<string, LiveService>();
  readonly notes = new ServiceNotes();

  constructor(client: Context['client'], tasks: Tasks, targets: Targets) {
    this.#client = client;
    this.#tasks = tasks;
    this.#targets = targets;
  }

  /** Does for every service what is next to do. */
  async tick(found: readonly Service[]): Promise<void> {
    for (const [arn, service] of this.#services) {
      if (found.some(({ serviceArn }) => serviceArn === arn)) continue;
      this.#services.delete(arn);
      for (const task of this.#tasksOf(service)) this.#stop(task, 'Task stopped: the service was deleted');
    }
    for (const service of found) await this.#tickService(service);
  }

  /** Takes up a service that was just made or changed: a deployment begins at once. */
  async follow(found: Service): Promise<void> {
    await this.#followRevision(this.#serviceOf(found), found);
  }

  /** A service as DescribeServices tells it, over moto's own answer. */
  describe(answer: Record<string, unknown>): Record<string, unknown> {
    const service = this.#services.get(String(answer.serviceArn)) ?? null;
    const settings = this.notes.of(String(answer.clusterArn), String(answer.serviceName));
    return describeService(answer, settings, service, service ? this.#tasksOf(service) : []);
  }

  /** A task of a service ended otherwise than asked for. */
  failed(task: LiveTask): void {
    const service = [...this.#services.values()].find(({ deployments }) =>
      deployments.some(({ id }) => id === task.startedBy),
    );
    const deployment = service?.deployments.find(({ id }) => id === task.startedBy);
    if (!service || !deployment) return;
    deployment.failed += 1;
    deployment.retryAt = Date.now() + Math.min(30_000, 1000 * 2 ** Math.min(5, deployment.failed - 1));
    if (task.stopCode === 'TaskFailedToStart') {
      tell(service, `(service ${service.name}) was unable to start a task: (task ${task.id}). ${task.stoppedReason}`);
    }
  }

  reset(): void {
    this.#services.clear();
    this.notes.clear();
  }

  #tasksOf({ name, cluster }: LiveService): LiveTask[] {
    return this.#tasks
      .all()
      .filter((task) => task.status !== 'STOPPED' && task.cluster === cluster && task.group === `service:${name}`);
  }

  #stop(task: LiveTask, reason: string): void {
    void this.#tasks.stop(task, 'ServiceSchedulerInitiated', reason);
  }

  async #tickService(found: Service): Promise<void> {
    const service = this.#serviceOf(found);
    await this.#followRevision(service, found);
    this.#stopUnhealthy(service);
    const tasks = this.#tasksOf(service).filter(({ desired }) => desired === 'RUNNING');
    const steps = nextSteps(
      wantedOf(found, service),
      service.deployments,
      tasks.map((task) => ({ id: task.id, deployment: task.startedBy, ready: this.#targets.isReady(task) })),
      service.completed,
      Date.now(),
    );
    for (const step of steps) await this.#take(step, service, found);
    const busy = new Set(this.#tasksOf(service).map(({ startedBy }) => startedBy));
    service.deployments = service.deployments.filter(({ status, id }) => status === 'PRIMARY' || busy.has(id));
  }

  #serviceOf({ serviceArn: arn = '', serviceName: name = '', clusterArn }: Service): LiveService {
    const settings = this.notes.of(clusterArn, name);
    const known = this.#services.get(arn);
    if (known) return Object.assign(known, { settings });
    const service: LiveService = {
      arn,
      name,
      cluster: clusterName(clusterArn),
      settings,
      deployments: [],
      completed: null,
      events: [],
      forced: settings.forced,
    };
    this.#services.set(arn, service);
    return service;
  }

  /** Another revision, or a forced deployment, begins a deployment. */
  async #followRevision(service: LiveService, { taskDefinition = '' }: Service): Promise<void> {
    const { taskDefinitionArn: definition = taskDefinition } = await this.#tasks.definition(taskDefinition);
    const primary = service.deployments.find(({ status }) => status === 'PRIMARY');
    if (primary?.definition === definition && service.forced === service.settings.forced) return;
    service.forced = service.settings.forced;
    if (primary) primary.status = 'ACTIVE';
    const id = `ecs-svc/${String(Math.random()).slice(2).padEnd(19, '0').slice(0, 19)}`;
    const now = new Date();
    const deployment: Deployment = {
      id,
      definition,
      status: 'PRIMARY',
      rollout: 'IN_PROGRESS',
      reason: `ECS deployment ${id} in progress.`,
      failed: 0,
      createdAt: now,
      updatedAt: now,
      retryAt: 0,
    };
    service.deployments.unshift(deployment);
  }

  /** After the grace period an unhealthy task is replaced. */
  #stopUnhealthy(service: LiveService): void {
    const grace = (service.settings.healthCheckGracePeriodSeconds * 1000) / speed;
    for (const task of this.#tasksOf(service)) {
      const age = Date.now() - (task.startedAt ?? new Date()).getTime();
      const unhealthy = this.#targets.unhealthy(task);
      if (task.desired === 'STOPPED' || age <= grace || unhealthy === null) continue;
      const { targetGroup, port, reason } = unhealthy;
      tell(
        service,
        `(service ${service.name}) (port ${port}) is unhealthy in (target-group ${targetGroup}) due to (reason ${reason}).`,
      );
      this.#stop(task, `Task failed ELB health checks in (target-group ${targetGroup})`);
      this.failed(task);
    }
  }

  async #take(step: Step, service: LiveService, found: Service): Promise<void> {
    if (step.kind === 'start') return this.#startTask(step.deployment, service, found);
    if (step.kind === 'roll-back') return this.#rollBack(step, service);
    if (step.kind === 'stop') {
      const task = this.#tasks.get(step.task);
      if (!task) return;
      tell(service, `(service ${service.name}) has stopped 1 running tasks: (task ${task.id}).`);
      this.#stop(task, step.reason);
      return;
    }
    const deployment = service.deployments.find(({ id }) => id === step.deployment);
    if (!deployment) return;
    const [rollout, reason] =
      step.kind === 'complete'
        ? (['COMPLETED', `ECS deployment ${deployment.id} completed.`] as const)
        : (['FAILED', 'ECS deployment circuit breaker: tasks failed to start.'] as const);
    Object.assign(deployment, { rollout, reason, updatedAt: new Date() });
    const about = `(service ${service.name}) (deployment ${deployment.id})`;
    if (step.kind === 'complete') {
      deployment.failed = 0;
      service.completed = { ...deployment };
      tell(service, `${about} deployment completed.`);
      tell(service, `(service ${service.name}) has reached a steady state.`);
      return;
    }
    tell(service, `${about} deployment failed: tasks failed to start.`);
    for (const task of this.#tasksOf(service).filter(({ startedBy }) => startedBy === deployment.id)) {
      this.#stop(task, `Scaling activity initiated by (deployment ${deployment.id})`);
    }
  }

  async #startTask(deployment: string, service: LiveService, found: Service): Promise<void> {
    const { subnets = [], securityGroups = [], assignPublicIp } = found.networkConfiguration?.awsvpcConfiguration ?? {};
    const task = await this.#tasks.start({
      cluster: service.cluster,
      group: `service:${service.name}`,
      startedBy: deployment,
      definition: service.deployments.find(({ id }) => id === deployment)?.definition ?? '',
      subnets,
      groups: securityGroups,
      hasPublicIp: assignPublicIp === 'ENABLED',
      registrations: (found.loadBalancers ?? []).map(({ targetGroupArn = '', containerPort = 0 }) => ({
        targetGroup: targetGroupArn,
        port: containerPort,
      })),
    });
    tell(service, `(service ${service.name}) has started 1 tasks: (task ${task.id}).`);
  }

  async #rollBack({ from, to }: { from: string; to: string }, service: LiveService): Promise<void> {
    if (!service.completed) return;
    tell(service, `(service ${service.name}) rolling back to (deployment ${to}).`);
    await this.#client(ECS).updateService({
      cluster: service.cluster,
      service: service.name,
      taskDefinition: service.completed.definition,
    });
    const failed = service.deployments.find(({ id }) => id === from);
    if (failed) failed.reason = `ECS deployment circuit breaker: tasks failed to start. Rolling back to ${to}.`;
  }
}

function wantedOf({ taskDefinition = '', desiredCount = 0 }: Service, { settings }: LiveService): Wanted {
  const { minimumHealthyPercent, maximumPercent, deploymentCircuitBreaker } = settings.deploymentConfiguration;
  return {
    definition: taskDefinition,
    desired: desiredCount,
    minimumHealthyPercent,
    maximumPercent,
    circuitBreaker: deploymentCircuitBreaker,
  };
}
