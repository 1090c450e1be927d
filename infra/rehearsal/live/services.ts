import { ECS, type Service, type UpdateServiceRequest } from '@aws-sdk/client-ecs';
import type { Context } from '../resource-type.ts';
import { speed } from './health-checks.ts';
import type { LoadBalancing } from './load-balancing.ts';
import { type Deployment, nextSteps, type Step, type Wanted } from './scheduler.ts';
import { clusterName, type LiveTask } from './task.ts';
import type { Tasks } from './tasks.ts';

/** What moto doesn't keep of CreateService and UpdateService. */
export interface ServiceSettings {
  deploymentConfiguration?: {
    minimumHealthyPercent?: number;
    maximumPercent?: number;
    deploymentCircuitBreaker?: { enable: boolean; rollback: boolean };
  };
  healthCheckGracePeriodSeconds?: number;
}

interface LiveService {
  arn: string;
  name: string;
  cluster: string;
  settings: ServiceSettings;
  deployments: Deployment[];
  completed: Deployment | null;
  /** Newest first, at most 100. */
  events: { id: string; createdAt: Date; message: string }[];
  forced: boolean;
}

/** ECS's services: keeps for each as many tasks as wanted, deploys revision after revision, and tells how it goes. */
export class Services {
  /** Makes changes that stay, such as a roll-back. */
  readonly #client: Context['client'];
  readonly #tasks: Tasks;
  readonly #loadBalancing: LoadBalancing;
  readonly #services = new Map<string, LiveService>();
  readonly #noted = new Map<string, ServiceSettings & { forced?: boolean }>();

  constructor(client: Context['client'], tasks: Tasks, loadBalancing: LoadBalancing) {
    this.#client = client;
    this.#tasks = tasks;
    this.#loadBalancing = loadBalancing;
  }

  /** Takes note of what a call says that moto forgets. */
  note(action: string, request: Record<string, unknown>): void {
    if (action !== 'CreateService' && action !== 'UpdateService') return;
    const cluster = clusterName(request.cluster as string | undefined);
    const name = String(request.serviceName ?? request.service ?? '')
      .split('/')
      .at(-1);
    const key = `${cluster}/${name}`;
    const { deploymentConfiguration, healthCheckGracePeriodSeconds, forceNewDeployment } =
      request as ServiceSettings & {
        forceNewDeployment?: boolean;
      };
    const before = action === 'CreateService' ? {} : this.#noted.get(key);
    this.#noted.set(key, {
      ...before,
      ...(deploymentConfiguration && { deploymentConfiguration }),
      ...(healthCheckGracePeriodSeconds !== undefined && { healthCheckGracePeriodSeconds }),
      ...(forceNewDeployment && { forced: true }),
    });
  }

  /** Does for every service what is next to do. */
  async tick(found: readonly Service[]): Promise<void> {
    for (const [arn, service] of this.#services) {
      if (found.some(({ serviceArn }) => serviceArn === arn)) continue;
      this.#services.delete(arn);
      for (const task of this.#tasksOf(service)) {
        void this.#tasks.stop(task, 'ServiceSchedulerInitiated', 'Task stopped: the service was deleted');
      }
    }
    for (const service of found) await this.#tickService(service);
  }

  /** A service as DescribeServices tells it, over moto's own answer. */
  describe(answer: Record<string, unknown>): Record<string, unknown> {
    const service = this.#services.get(String(answer.serviceArn));
    const noted = this.#noted.get(`${clusterName(String(answer.clusterArn))}/${String(answer.serviceName)}`);
    const settings = settingsOf(noted);
    const common = {
      ...answer,
      deploymentConfiguration: settings.deploymentConfiguration,
      healthCheckGracePeriodSeconds: noted?.healthCheckGracePeriodSeconds ?? 0,
    };
    if (!service) return common;
    const tasks = this.#tasksOf(service);
    const count = (some: LiveTask[], running: boolean) =>
      some.filter(({ status }) => (status === 'RUNNING') === running).length;
    const desired = Number(answer.desiredCount ?? 0);
    return {
      ...common,
      runningCount: count(tasks, true),
      pendingCount: count(tasks, false),
      deployments: service.deployments.map((deployment) => {
        const own = tasks.filter(({ startedBy }) => startedBy === deployment.id);
        return {
          id: deployment.id,
          status: deployment.status,
          taskDefinition: deployment.definition,
          desiredCount: deployment.status === 'PRIMARY' ? desired : 0,
          runningCount: count(own, true),
          pendingCount: count(own, false),
          failedTasks: deployment.failed,
          createdAt: deployment.createdAt.getTime() / 1000,
          updatedAt: deployment.updatedAt.getTime() / 1000,
          launchType: 'FARGATE',
          platformVersion: '1.4.0',
          networkConfiguration: answer.networkConfiguration,
          rolloutState: deployment.rollout,
          rolloutStateReason: deployment.reason,
        };
      }),
      events: service.events.map(({ id, createdAt, message }) => ({
        id,
        createdAt: createdAt.getTime() / 1000,
        message,
      })),
    };
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
      this.#tell(
        service,
        `(service ${service.name}) was unable to start a task: (task ${task.id}). ${task.stoppedReason}`,
      );
    }
  }

  reset(): void {
    this.#services.clear();
    this.#noted.clear();
  }

  #tasksOf({ deployments, name, cluster }: LiveService): LiveTask[] {
    const ids = new Set(deployments.map(({ id }) => id));
    return this.#tasks
      .all()
      .filter((task) => task.status !== 'STOPPED' && task.cluster === cluster)
      .filter((task) => ids.has(task.startedBy) || task.group === `service:${name}`);
  }

  async #tickService(found: Service): Promise<void> {
    const service = this.#serviceOf(found);
    this.#followRevision(service, found);
    const tasks = this.#tasksOf(service).filter(({ desired }) => desired === 'RUNNING');
    this.#stopUnhealthy(service, tasks);
    const steps = nextSteps(
      wantedOf(found, service.settings),
      service.deployments,
      tasks.map((task) => ({ id: task.id, deployment: task.startedBy, ready: this.#isReady(task, found) })),
      service.completed,
      Date.now(),
    );
    for (const step of steps) await this.#take(step, service, found);
    const primary = service.deployments.find(({ status }) => status === 'PRIMARY');
    const busy = new Set(this.#tasksOf(service).map(({ startedBy }) => startedBy));
    service.deployments = service.deployments.filter((each) => each === primary || busy.has(each.id));
  }

  #serviceOf({ serviceArn = '', serviceName = '', clusterArn }: Service): LiveService {
    const cluster = clusterName(clusterArn);
    const noted = this.#noted.get(`${cluster}/${serviceName}`);
    const known = this.#services.get(serviceArn);
    if (known) {
      known.settings = settingsOf(noted);
      known.forced ||= noted?.forced ?? false;
      if (noted) delete noted.forced;
      return known;
    }
    const service: LiveService = {
      arn: serviceArn,
      name: serviceName,
      cluster,
      settings: settingsOf(noted),
      deployments: [],
      completed: null,
      events: [],
      forced: false,
    };
    this.#services.set(serviceArn, service);
    return service;
  }

  /** Another revision, or a forced deployment, begins a deployment. */
  #followRevision(service: LiveService, { taskDefinition = '' }: Service): void {
    const primary = service.deployments.find(({ status }) => status === 'PRIMARY');
    if (primary && primary.definition === taskDefinition && !service.forced) return;
    service.forced = false;
    if (primary) primary.status = 'ACTIVE';
    const id = `ecs-svc/${String(Math.random()).slice(2).padEnd(19, '0').slice(0, 19)}`;
    const now = new Date();
    service.deployments.unshift({
      id,
      definition: taskDefinition,
      status: 'PRIMARY',
      rollout: 'IN_PROGRESS',
      reason: `ECS deployment ${id} in progress.`,
      failed: 0,
      createdAt: now,
      updatedAt: now,
      retryAt: 0,
    });
  }

  #isReady(task: LiveTask, { loadBalancers = [] }: Service): boolean {
    if (task.status !== 'RUNNING') return false;
    return loadBalancers.every(
      ({ targetGroupArn = '', containerPort = 0 }) =>
        !this.#loadBalancing.isUsed(targetGroupArn) ||
        this.#loadBalancing.healthOf(targetGroupArn, task.ip, containerPort)?.state === 'healthy',
    );
  }

  /** After the grace period an unhealthy task is replaced. */
  #stopUnhealthy(service: LiveService, tasks: readonly LiveTask[]): void {
    const grace = ((service.settings.healthCheckGracePeriodSeconds ?? 0) * 1000) / speed;
    for (const task of tasks) {
      const age = task.startedAt === null ? 0 : Date.now() - task.startedAt.getTime();
      const group = this.#loadBalancing.unhealthyGroup(task.ip);
      if (task.status !== 'RUNNING' || age <= grace || group === null) continue;
      this.#tell(
        service,
        `(service ${service.name}) (port ${group.port}) is unhealthy in (target-group ${group.arn}) due to (reason ${group.reason}).`,
      );
      void this.#tasks.stop(
        task,
        'ServiceSchedulerInitiated',
        `Task failed ELB health checks in (target-group ${group.arn})`,
      );
      this.failed(task);
    }
  }

  async #take(step: Step, service: LiveService, found: Service): Promise<void> {
    if (step.kind === 'start') return this.#startTask(step.deployment, service, found);
    if (step.kind === 'stop') {
      const task = this.#tasks.get(step.task);
      if (!task) return;
      this.#tell(service, `(service ${service.name}) has stopped 1 running tasks: (task ${task.id}).`);
      void this.#tasks.stop(task, 'ServiceSchedulerInitiated', step.reason);
      return;
    }
    if (step.kind === 'roll-back') return this.#rollBack(step, service);
    const deployment = service.deployments.find(({ id }) => id === step.deployment);
    if (!deployment) return;
    deployment.updatedAt = new Date();
    if (step.kind === 'complete') {
      Object.assign(deployment, {
        rollout: 'COMPLETED',
        reason: `ECS deployment ${deployment.id} completed.`,
        failed: 0,
      });
      service.completed = { ...deployment };
      this.#tell(service, `(service ${service.name}) (deployment ${deployment.id}) deployment completed.`);
      this.#tell(service, `(service ${service.name}) has reached a steady state.`);
      return;
    }
    Object.assign(deployment, { rollout: 'FAILED', reason: 'ECS deployment circuit breaker: tasks failed to start.' });
    this.#tell(
      service,
      `(service ${service.name}) (deployment ${deployment.id}) deployment failed: tasks failed to start.`,
    );
    for (const task of this.#tasksOf(service).filter(({ startedBy }) => startedBy === deployment.id)) {
      void this.#tasks.stop(
        task,
        'ServiceSchedulerInitiated',
        `Scaling activity initiated by (deployment ${deployment.id})`,
      );
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
    });
    this.#tell(service, `(service ${service.name}) has started 1 tasks: (task ${task.id}).`);
  }

  async #rollBack({ from, to }: { from: string; to: string }, service: LiveService): Promise<void> {
    const target = service.completed;
    if (!target) return;
    this.#tell(service, `(service ${service.name}) rolling back to (deployment ${to}).`);
    const request: UpdateServiceRequest = {
      cluster: service.cluster,
      service: service.name,
      taskDefinition: target.definition,
    };
    await this.#client(ECS).updateService(request);
    const failed = service.deployments.find(({ id }) => id === from);
    if (failed) failed.reason = `ECS deployment circuit breaker: tasks failed to start. Rolling back to ${to}.`;
  }

  #tell(service: LiveService, message: string): void {
    service.events.unshift({ id: crypto.randomUUID(), createdAt: new Date(), message });
    service.events.length = Math.min(service.events.length, 100);
  }
}

/** The settings with ECS's defaults for an API caller. */
function settingsOf(
  noted: ServiceSettings | undefined,
): Required<Pick<ServiceSettings, 'deploymentConfiguration'>> & ServiceSettings {
  const given = noted?.deploymentConfiguration;
  return {
    ...noted,
    deploymentConfiguration: {
      ...given,
      minimumHealthyPercent: given?.minimumHealthyPercent ?? 100,
      maximumPercent: given?.maximumPercent ?? 200,
      deploymentCircuitBreaker: given?.deploymentCircuitBreaker ?? { enable: false, rollback: false },
    },
  };
}

function wantedOf(
  { taskDefinition = '', desiredCount = 0 }: Service,
  { deploymentConfiguration }: ServiceSettings,
): Wanted {
  return {
    definition: taskDefinition,
    desired: desiredCount,
    minimumHealthyPercent: deploymentConfiguration?.minimumHealthyPercent ?? 100,
    maximumPercent: deploymentConfiguration?.maximumPercent ?? 200,
    circuitBreaker: deploymentConfiguration?.deploymentCircuitBreaker ?? { enable: false, rollback: false },
  };
}
