import { setTimeout as sleep } from 'node:timers/promises';
import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Health, HealthOfTarget, type Seen, speed, words } from './health-checks.ts';
import { reaches } from './reachability.ts';
import { shares } from './routing.ts';
import type { Front, Surroundings } from './surroundings.ts';
import type { LiveTask } from './task.ts';
import type { Tasks } from './tasks.ts';

/** A task in a target group. */
export interface Target {
  targetGroup: string;
  task: LiveTask;
  port: number;
  health: HealthOfTarget;
  /** Requests that it is answering. */
  inFlight: number;
  timer: NodeJS.Timeout | null;
}

/** What is in the target groups, and the health checks of it. */
export class Targets {
  readonly #surroundings: Surroundings;
  readonly #tasks: Tasks;
  readonly #targets = new Map<string, Target>();

  constructor(surroundings: Surroundings, tasks: Tasks) {
    this.#surroundings = surroundings;
    this.#tasks = tasks;
    tasks.deregister = (task) => this.#drain(task);
  }

  /** Registers tasks that began to run, and forgets those that ended. */
  sync(): void {
    for (const [key, target] of this.#targets) {
      if (target.task.status !== 'STOPPED') continue;
      if (target.timer) clearTimeout(target.timer);
      this.#targets.delete(key);
    }
    for (const task of this.#tasks.all()) {
      if (task.status !== 'RUNNING') continue;
      for (const { targetGroup, port } of task.registrations) {
        const key = `${targetGroup}|${task.id}|${port}`;
        if (this.#targets.has(key)) continue;
        const target: Target = { targetGroup, task, port, health: new HealthOfTarget(), inFlight: 0, timer: null };
        this.#targets.set(key, target);
        this.#checkAgain(target, 100);
      }
    }
  }

  /** Every target of a group with its health. */
  in(targetGroup: string): { ip: string; port: number; health: Health }[] {
    return this.#of(targetGroup).map((target) => ({
      ip: target.task.ip,
      port: target.port,
      health: this.#healthOf(target),
    }));
  }

  /** The targets of a group that take requests. */
  healthy(targetGroup: string): Target[] {
    return this.#of(targetGroup).filter((target) => this.#healthOf(target).state === 'healthy');
  }

  /** Whether a task takes part in every group that it belongs to and that is in use. */
  isReady({ id, registrations, status }: LiveTask): boolean {
    const own = [...this.#targets.values()].filter(({ task }) => task.id === id);
    return (
      status === 'RUNNING' &&
      own.length === registrations.length &&
      own.every((target) => ['healthy', 'unused'].includes(this.#healthOf(target).state))
    );
  }

  /** The target as which a task is unhealthy, if any. */
  unhealthy({ id }: LiveTask): { targetGroup: string; port: number; reason: string } | null {
    const found = [...this.#targets.values()].find(
      (target) => target.task.id === id && this.#healthOf(target).state === 'unhealthy',
    );
    if (!found) return null;
    return { targetGroup: found.targetGroup, port: found.port, reason: found.health.health.description ?? '' };
  }

  /** Whether a listener or rule sends anything to a target group. */
  isUsed(targetGroup: string): boolean {
    return this.#fronts(targetGroup).length > 0;
  }

  close(): void {
    for (const { timer } of this.#targets.values()) if (timer) clearTimeout(timer);
    this.#targets.clear();
  }

  #of(targetGroup: string): Target[] {
    return [...this.#targets.values()].filter((target) => target.targetGroup === targetGroup);
  }

  #healthOf({ targetGroup, task, health }: Target): Health {
    if (task.desired === 'STOPPED') return words.draining;
    return this.isUsed(targetGroup) ? health.health : words.unused;
  }

  /** No new request comes to it; those that it has are answered, as long as the group's deregistration delay allows. */
  async #drain(task: LiveTask): Promise<void> {
    const own = [...this.#targets.values()].filter((target) => target.task.id === task.id);
    const delays = own.map(({ targetGroup }) => this.#surroundings.targetGroups.get(targetGroup)?.deregistrationDelay);
    const until = Date.now() + (Math.max(0, ...delays.map((delay) => delay ?? 0)) * 1000) / speed;
    while (own.some(({ inFlight }) => inFlight > 0) && Date.now() < until && task.stoppedAt === null) await sleep(20);
  }

  #fronts(targetGroup: string): Front[] {
    return this.#surroundings.fronts.filter(({ listener, rules }) => {
      const actions = [...(listener.DefaultActions ?? []), ...rules.flatMap(({ Actions = [] }) => Actions)];
      return actions.some((action) => shares(action).some((share) => share.targetGroup === targetGroup));
    });
  }

  #checkAgain(target: Target, wait: number): void {
    target.timer = setTimeout(async () => {
      const group = this.#surroundings.targetGroups.get(target.targetGroup);
      if (group) target.health.see(await this.#check(group, target), group);
      if (target.task.status === 'RUNNING') {
        this.#checkAgain(target, ((group?.HealthCheckIntervalSeconds ?? 30) * 1000) / speed);
      }
    }, wait).unref();
  }

  async #check(group: TargetGroup, { task, port, targetGroup }: Target): Promise<Seen> {
    const checkPort = Number(group.HealthCheckPort) || port;
    const isReached = this.#fronts(targetGroup).some(({ loadBalancer: { SecurityGroups: groups = [] } }) =>
      reaches({ ip: null, groups }, { ip: task.ip, groups: task.groups }, checkPort, this.#surroundings.groups),
    );
    if (!isReached) return 'timeout';
    const local = task.process?.ports.get(checkPort);
    if (local === undefined || (group.HealthCheckProtocol ?? group.Protocol) === 'HTTPS') return 'refused';
    const timeout = ((group.HealthCheckTimeoutSeconds ?? 5) * 1000) / speed;
    try {
      const answer = await fetch(`http://127.0.0.1:${local}${group.HealthCheckPath ?? '/'}`, {
        redirect: 'manual',
        headers: { 'user-agent': 'ELB-HealthChecker/2.0' },
        signal: AbortSignal.timeout(Math.max(timeout, 1000)),
      });
      await answer.arrayBuffer();
      return { status: answer.status };
    } catch (error) {
      return (error as Error).name === 'TimeoutError' ? 'timeout' : 'refused';
    }
  }
}
