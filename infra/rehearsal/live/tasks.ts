import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECS, type TaskDefinition } from '@aws-sdk/client-ecs';
import type { Context } from '../resource-type.ts';
import type { Authority } from './authority.ts';
import { startContainer } from './container.ts';
import type { Databases } from './databases.ts';
import { ensureBundle } from './image.ts';
import { prepare, TaskFailedToStart } from './launch.ts';
import { contains, letsThrough, reaches, reachesInternet } from './reachability.ts';
import type { Surroundings } from './surroundings.ts';
import { type LiveTask, taskArn } from './task.ts';
import { type Decision, openWay, type Way } from './way.ts';

/** What a task is started with. */
export interface Order {
  cluster: string;
  group: string;
  startedBy: string;
  definition: string;
  subnets: readonly string[];
  groups: readonly string[];
  hasPublicIp: boolean;
  command?: string[];
  environment?: Record<string, string>;
}

/** An address of the internet; this one is reserved for documentation. */
const somewhere = { ip: '198.51.100.1', groups: [] };

/** ECS keeps stopped tasks for an hour. */
const kept = 3600_000;

/** The tasks of the rehearsal: starts, stops and remembers them. */
export class Tasks {
  readonly #client: Context['client'];
  readonly #surroundings: Surroundings;
  readonly #databases: Databases;
  readonly #authority: Authority;
  readonly #tasks = new Map<string, LiveTask>();
  readonly #definitions = new Map<string, TaskDefinition>();
  readonly #ways = new Map<string, Way[]>();
  /** Called whenever a task came to another status. */
  onChange: (task: LiveTask) => void = () => {};

  constructor(client: Context['client'], surroundings: Surroundings, databases: Databases, authority: Authority) {
    this.#client = client;
    this.#surroundings = surroundings;
    this.#databases = databases;
    this.#authority = authority;
  }

  all(): LiveTask[] {
    return [...this.#tasks.values()];
  }

  get(reference: string): LiveTask | undefined {
    return this.#tasks.get(reference.split('/').at(-1) ?? '');
  }

  /** The one with this address that runs. */
  at(ip: string): LiveTask | undefined {
    return this.all().find((task) => task.ip === ip && task.status === 'RUNNING');
  }

  /** A revision of a task definition, by ARN. */
  async definition(reference: string): Promise<TaskDefinition> {
    const known = this.#definitions.get(reference);
    if (known) return known;
    const { taskDefinition } = await this.#client(ECS).describeTaskDefinition({ taskDefinition: reference });
    const found = taskDefinition ?? {};
    this.#definitions.set(found.taskDefinitionArn ?? reference, found);
    return found;
  }

  /** Orders a task; it goes through its life by itself. */
  async start(order: Order): Promise<LiveTask> {
    const definition = await this.definition(order.definition);
    const containers = definition.containerDefinitions ?? [];
    const container = containers.find(({ essential }) => essential !== false) ?? containers[0] ?? {};
    const id = crypto.randomUUID().replaceAll('-', '');
    const subnet = order.subnets[this.#tasks.size % Math.max(1, order.subnets.length)] ?? '';
    const task: LiveTask = {
      id,
      arn: taskArn(order.cluster, id),
      cluster: order.cluster,
      group: order.group,
      startedBy: order.startedBy,
      definition,
      container,
      command: order.command ?? container.command ?? [],
      environment: order.environment ?? {},
      subnet,
      ip: this.#freeAddress(subnet),
      groups: [...order.groups],
      hasPublicIp: order.hasPublicIp,
      status: 'PROVISIONING',
      desired: 'RUNNING',
      createdAt: new Date(),
      startedAt: null,
      stoppingAt: null,
      stoppedAt: null,
      stopCode: null,
      stoppedReason: null,
      containerReason: null,
      exitCode: null,
      process: null,
    };
    this.#tasks.set(id, task);
    void this.#live(task);
    return task;
  }

  /** Asks a task to stop: SIGTERM, and SIGKILL after its stop time-out. */
  async stop(task: LiveTask, stopCode: LiveTask['stopCode'], reason: string): Promise<void> {
    if (task.desired === 'STOPPED') return;
    Object.assign(task, { desired: 'STOPPED', stopCode, stoppedReason: reason, stoppingAt: new Date() });
    this.onChange(task);
    if (task.process) await task.process.stop(task.container.stopTimeout ?? 30);
  }

  async close(): Promise<void> {
    await Promise.all(this.all().map(async ({ process }) => process?.stop(2)));
  }

  reset(): void {
    this.#tasks.clear();
    this.#definitions.clear();
  }

  async #live(task: LiveTask): Promise<void> {
    try {
      this.#become(task, 'PENDING');
      const internet = this.#hasInternet(task);
      const { environment, log } = await prepare(task.definition, task.container, {
        taskId: task.id,
        internet,
        client: this.#client,
      });
      await ensureBundle();
      if (task.desired === 'STOPPED') return this.#end(task);
      const lines = log ? new LogLines(this.#client(CloudWatchLogs), log) : null;
      task.process = await startContainer({
        command: task.command,
        environment: { ...environment, ...task.environment },
        ports: (task.container.portMappings ?? []).flatMap(({ containerPort }) => containerPort ?? []),
        network: await this.#networkOf(task, { ...environment, ...task.environment }, internet),
        onLine: (line) => lines?.add(line),
      });
      task.startedAt = new Date();
      this.#become(task, 'RUNNING');
      task.exitCode = await task.process.ended;
      await lines?.flush();
      if (task.desired === 'RUNNING') {
        Object.assign(task, {
          desired: 'STOPPED',
          stopCode: 'EssentialContainerExited',
          stoppedReason: 'Essential container in task exited',
        });
      }
    } catch (error) {
      const { message } = error as Error;
      const known = error instanceof TaskFailedToStart || /^Cannot\w+Error/.test(message);
      Object.assign(task, {
        desired: 'STOPPED',
        stopCode: 'TaskFailedToStart',
        stoppedReason: known ? message : `TaskFailedToStart: ${message}`,
        containerReason: message.startsWith('Cannot') ? message : null,
      });
    }
    this.#end(task);
  }

  #end(task: LiveTask): void {
    task.stoppedAt = new Date();
    for (const way of this.#ways.get(task.id) ?? []) way.close();
    this.#ways.delete(task.id);
    this.#become(task, 'STOPPED');
    const old = this.all().filter(({ stoppedAt }) => stoppedAt !== null && Date.now() - stoppedAt.getTime() > kept);
    for (const { id } of old) this.#tasks.delete(id);
  }

  #become(task: LiveTask, status: LiveTask['status']): void {
    task.status = status;
    this.onChange(task);
  }

  #hasInternet({ subnet, groups, hasPublicIp }: LiveTask): boolean {
    const place = this.#surroundings.subnets.get(subnet);
    if (!place || !reachesInternet(place.route, hasPublicIp)) return false;
    const out = groups.flatMap((id) => this.#surroundings.groups.get(id)?.out ?? []);
    return letsThrough(out, somewhere, 443);
  }

  /** What a task reaches: the databases, as far as their groups let it in, the local sign-in, and the internet. */
  async #networkOf(task: LiveTask, environment: Record<string, string>, internet: boolean) {
    const hosts: Record<string, number> = {};
    const endpoints = this.#databases.endpoints();
    for (const { name, port } of endpoints) {
      const way = await openWay(() => this.#decide(task, name));
      this.#ways.set(task.id, [...(this.#ways.get(task.id) ?? []), way]);
      hosts[`${name}:${port}`] = way.port;
    }
    // The rehearsal's Supabase is a program on this machine.
    const supabase = environment.SUPABASE_URL;
    if (supabase && URL.canParse(supabase)) {
      const { hostname, port } = new URL(supabase);
      if (/^(localhost|127\.0\.0\.1)$/.test(hostname) && port) hosts[`${hostname}:${port}`] = Number(port);
    }
    return { hosts, names: endpoints.map(({ name }) => name), internet, authority: this.#authority.certificate };
  }

  #decide({ ip, groups }: LiveTask, database: string): Decision {
    const endpoint = this.#databases.endpoints().find(({ name }) => name === database);
    if (!endpoint || endpoint.local === null) return 'down';
    // The database has an address of the same VPC; which one makes no difference to the rules.
    const there = { ip, groups: endpoint.groups };
    return reaches({ ip, groups }, there, endpoint.port, this.#surroundings.groups) ? endpoint.local : 'blocked';
  }

  /** A private address of the subnet that no task of the rehearsal has. */
  #freeAddress(subnet: string): string {
    const cidr = this.#surroundings.subnets.get(subnet)?.cidr ?? '10.0.11.0/24';
    const taken = new Set(this.all().map(({ ip, status }) => (status === 'STOPPED' ? '' : ip)));
    const [network = ''] = cidr.split('/');
    const [a = '10', b = '0', c = '0', d = '0'] = network.split('.');
    for (let host = Number(d) + 10; host < 255; host += 1) {
      const ip = `${a}.${b}.${c}.${host}`;
      if (!taken.has(ip) && contains(cidr, ip)) return ip;
    }
    return network;
  }
}

/** Brings a container's lines to its log stream, some at a time. */
class LogLines {
  readonly #logs: CloudWatchLogs;
  readonly #to: { group: string; stream: string };
  #waiting: { message: string; timestamp: number }[] = [];
  #sending: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  constructor(logs: CloudWatchLogs, to: { group: string; stream: string }) {
    this.#logs = logs;
    this.#to = to;
  }

  add(message: string): void {
    this.#waiting.push({ message, timestamp: Date.now() });
    this.#timer ??= setTimeout(() => void this.flush(), 500).unref();
  }

  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const logEvents = this.#waiting.splice(0);
    if (logEvents.length > 0) {
      const { group, stream } = this.#to;
      // A log group that was deleted meanwhile loses its lines, as in AWS.
      this.#sending = this.#sending.then(() =>
        this.#logs.putLogEvents({ logGroupName: group, logStreamName: stream, logEvents }).catch(() => undefined),
      );
    }
    await this.#sending;
  }
}
