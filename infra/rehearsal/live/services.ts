import { ECS, type Service } from '@aws-sdk/client-ecs';
import type { Context } from '../resource-type.ts';
import { blueGreenSteps } from './blue-green.ts';
import type { Deployment, Step } from './deployment.ts';
import { speed } from './health-checks.ts';
import { join, placesFor, productionOf, shift } from './production.ts';
import { rollingSteps } from './rolling.ts';
import { begin, describeService, type LiveService, revisionOf, tell } from './service.ts';
import { ServiceNotes } from './service-notes.ts';
import type { Surroundings } from './surroundings.ts';
import type { Targets } from './targets.ts';
import { clusterName, type LiveTask } from './task.ts';
import type { Tasks } from './tasks.ts';
import { wantedOf } from './wanted.ts';

/** ECS's services: keeps for each as many tasks as wanted, deploys revision after revision, and tells how it goes. */
export class Services {
  readonly #client: Context['client'];
  readonly #surroundings: Surroundings;
  readonly #tasks: Tasks;
  readonly #targets: Targets;
  readonly #services = new Map<string, LiveService>();
  readonly notes = new ServiceNotes();

  constructor(client: Context['client'], surroundings: Surroundings, tasks: Tasks, targets: Targets) {
    this.#client = client;
    this.#surroundings = surroundings;
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
  async follow(found: Service): Promise<LiveService> {
    const service = this.#serviceOf(found);
    const { taskDefinition = '', loadBalancers = [] } = found;
    const { taskDefinitionArn: definition = taskDefinition } = await this.#tasks.definition(taskDefinition);
    const revision = revisionOf(definition, found, service.settings);
    if (service.revision === revision) return service;
    service.revision = revision;
    const isBlueGreen = service.settings.deploymentConfiguration.strategy === 'BLUE_GREEN';
    const besideOld = isBlueGreen && this.#tasksOf(service).length > 0;
    begin(service, definition, placesFor(loadBalancers, this.#surroundings, besideOld));
    for (const one of isBlueGreen ? loadBalancers : []) {
      const production = productionOf(one, this.#surroundings);
      if (production) await join(this.#client, production);
    }
    return service;
  }

  /** Every service that it has taken up. */
  all(): LiveService[] {
    return [...this.#services.values()];
  }

  /** A service as DescribeServices tells it, over moto's own answer. */
  describe(answer: Record<string, unknown>): Record<string, unknown> {
    const service = this.#services.get(String(answer.serviceArn)) ?? null;
    const settings = this.notes.of(String(answer.clusterArn), String(answer.serviceName));
    return describeService(answer, settings, service, service ? this.#tasksOf(service) : []);
  }

  /** A task of a service ended otherwise than asked for. */
  failed(task: LiveTask): void {
    const service = this.all().find(({ deployments }) => deployments.some(({ id }) => id === task.startedBy));
    const deployment = service?.deployments.find(({ id }) => id === task.startedBy);
    if (!service || !deployment) return;
    deployment.failed += 1;
    deployment.retryAt = Date.now() + Math.min(30_000, 500 * 2 ** Math.min(6, deployment.failed - 1));
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

  #serviceOf({ serviceArn: arn = '', serviceName: name = '', clusterArn }: Service): LiveService {
    const settings = this.notes.of(clusterArn, name);
    const known = this.#services.get(arn);
    if (known) return Object.assign(known, { settings });
    const cluster = clusterName(clusterArn);
    const empty = { deployments: [], history: [], completed: null, events: [], revision: '' };
    const service: LiveService = { arn, name, cluster, settings, ...empty };
    this.#services.set(arn, service);
    return service;
  }

  async #tickService(found: Service): Promise<void> {
    const service = await this.follow(found);
    this.#stopUnhealthy(service);
    const tasks = this.#tasksOf(service).filter(({ desired }) => desired === 'RUNNING');
    const primary = service.deployments.find(({ status }) => status === 'PRIMARY');
    const stepsOf = primary?.strategy === 'BLUE_GREEN' ? blueGreenSteps : rollingSteps;
    const steps = stepsOf(
      await wantedOf(found, service, this.#client),
      service.deployments,
      tasks.map((task) => ({ id: task.id, deployment: task.startedBy, ready: this.#targets.isReady(task) })),
      service.completed,
      Date.now(),
    );
    for (const step of steps) await this.#take(step, service, found);
    const busy = new Set(this.#tasksOf(service).map(({ startedBy }) => startedBy));
    service.deployments = service.deployments.filter(({ status, id }) => status === 'PRIMARY' || busy.has(id));
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
    const about = (id: string) => `(service ${service.name}) (deployment ${id})`;
    if (step.kind === 'stop') {
      const task = this.#tasks.get(step.task);
      if (!task) return;
      tell(service, `(service ${service.name}) has stopped 1 running tasks: (task ${task.id}).`);
      this.#stop(task, step.reason);
      return;
    }
    const id = step.kind === 'shift' ? step.to : step.kind === 'roll-back' ? step.from : step.deployment;
    const deployment = service.deployments.find((each) => each.id === id);
    if (!deployment) return;
    deployment.updatedAt = new Date();
    if (step.kind === 'start') await this.#startTask(deployment, service, found);
    else if (step.kind === 'roll-back') await this.#rollBack(deployment, service, found);
    else if (step.kind === 'shift') {
      await this.#shiftTo(deployment, found);
      Object.assign(deployment, { stage: 'BAKE_TIME', shiftedAt: new Date() });
    } else if (step.kind === 'clean-up') deployment.stage = 'CLEAN_UP';
    else if (step.kind === 'complete') {
      Object.assign(deployment, { rollout: 'COMPLETED', reason: `ECS deployment ${id} completed.`, failed: 0 });
      service.completed = deployment;
      tell(service, `${about(id)} deployment completed.`);
      tell(service, `(service ${service.name}) has reached a steady state.`);
    } else {
      const { reason, alarms, goesBack } = step;
      Object.assign(deployment, { rollout: 'FAILED', reason, alarms, goesBack });
      tell(service, `${about(id)} deployment failed: ${step.reason.split(': ').at(-1)}`);
    }
  }

  async #startTask(deployment: Deployment, service: LiveService, found: Service): Promise<void> {
    const { subnets = [], securityGroups = [], assignPublicIp } = found.networkConfiguration?.awsvpcConfiguration ?? {};
    const task = await this.#tasks.start({
      cluster: service.cluster,
      group: `service:${service.name}`,
      startedBy: deployment.id,
      definition: deployment.definition,
      subnets,
      groups: securityGroups,
      hasPublicIp: assignPublicIp === 'ENABLED',
      registrations: deployment.registrations,
    });
    tell(service, `(service ${service.name}) has started 1 tasks: (task ${task.id}).`);
  }

  async #shiftTo({ registrations }: Deployment, { loadBalancers = [] }: Service): Promise<void> {
    for (const [index, one] of loadBalancers.entries()) {
      const production = productionOf(one, this.#surroundings);
      const to = registrations[index]?.targetGroup;
      if (production && to) await shift(this.#client, production, to);
    }
  }

  /** Back to the last revision that was complete: its tasks still run beside (blue/green), or are started anew. */
  async #rollBack(failed: Deployment, service: LiveService, found: Service): Promise<void> {
    const { completed } = service;
    if (!completed) return;
    tell(service, `(service ${service.name}) rolling back to (deployment ${completed.id}).`);
    if (failed.shiftedAt !== null) await this.#shiftTo(completed, found);
    await this.#client(ECS).updateService({
      cluster: service.cluster,
      service: service.name,
      taskDefinition: completed.definition,
    });
    service.revision = revisionOf(completed.definition, found, service.settings);
    const stands = failed.strategy === 'BLUE_GREEN' && service.deployments.includes(completed);
    failed.status = 'ACTIVE';
    failed.rollback = stands ? completed : begin(service, completed.definition, completed.registrations, true);
    failed.rollback.status = 'PRIMARY';
    failed.reason = `${failed.reason} Rolling back to ${failed.rollback.id}.`;
  }
}
