import { ECS, type TaskDefinition } from '@aws-sdk/client-ecs';
import type { Context } from '../resource-type.ts';
import { type Exit, startContainer } from './container.ts';
import { TaskFailedToStart } from './execution-role.ts';
import { filesOf } from './images.ts';
import { prepare } from './launch.ts';
import { type LiveTask, type Order, taskArn } from './task.ts';
import type { TaskNetwork } from './task-network.ts';

/** ECS keeps stopped tasks for an hour. */
const kept = 3600_000;

/** Seconds between SIGTERM and SIGKILL, where the task definition doesn't say. */
const stopTimeout = 30;

/** The tasks of the rehearsal: starts, stops and remembers them. */
export class Tasks {
  readonly #client: Context['client'];
  readonly #network: TaskNetwork;
  readonly #home: string;
  readonly #tasks = new Map<string, LiveTask>();
  readonly #definitions = new Map<string, TaskDefinition>();
  /** Called whenever a task came to another status. */
  onChange: (task: LiveTask) => void = () => {};
  /** Takes a task out of its target groups, and resolves when its last request is answered. */
  deregister: (task: LiveTask) => Promise<void> = async () => {};

  /** @param home the rehearsal's folder, which holds what images brought */
  constructor(client: Context['client'], network: TaskNetwork, home: string) {
    this.#client = client;
    this.#home = home;
    this.#network = network;
  }

  all(): LiveTask[] {
    return [...this.#tasks.values()];
  }

  /** @param reference id or ARN */
  get(reference: string): LiveTask | undefined {
    return this.#tasks.get(reference.split('/').at(-1) ?? '');
  }

  /** A revision of a task definition, by ARN, `family:revision`, or the newest of a family. */
  async definition(reference: string): Promise<TaskDefinition> {
    const known = this.#definitions.get(reference);
    if (known) return known;
    const { taskDefinition = {} } = await this.#client(ECS).describeTaskDefinition({ taskDefinition: reference });
    // A revision never changes; which one is the newest does.
    this.#definitions.set(taskDefinition.taskDefinitionArn ?? '', taskDefinition);
    return taskDefinition;
  }

  /** Orders a task; it goes through its life by itself. */
  async start({ definition: revision, subnets, ...order }: Order): Promise<LiveTask> {
    const definition = await this.definition(revision);
    const containers = definition.containerDefinitions ?? [];
    const id = crypto.randomUUID().replaceAll('-', '');
    const subnet = subnets[this.#tasks.size % Math.max(1, subnets.length)] ?? '';
    const task: LiveTask = {
      ...order,
      id,
      arn: taskArn(order.cluster, id),
      definition,
      container: containers.find(({ essential }) => essential !== false) ?? containers[0] ?? {},
      subnet,
      ip: this.#network.freeAddress(subnet, this.all()),
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

  /** Takes a task out of service, then stops it: SIGTERM, and SIGKILL after its stop time-out. */
  async stop(task: LiveTask, stopCode: LiveTask['stopCode'], stoppedReason: string): Promise<void> {
    if (task.desired === 'STOPPED') return;
    Object.assign(task, { desired: 'STOPPED', stopCode, stoppedReason, stoppingAt: new Date() });
    if (task.status !== 'RUNNING') return this.onChange(task);
    this.#become(task, 'DEACTIVATING');
    await this.deregister(task);
    if (task.stoppedAt === null) this.#become(task, 'STOPPING');
    await task.process?.stop(task.container.stopTimeout ?? stopTimeout);
  }

  /** Ends all; those that are only about to start never will. */
  async close(): Promise<void> {
    for (const task of this.all()) task.desired = 'STOPPED';
    await Promise.all(this.all().map(async ({ process }) => process?.stop(2)));
  }

  reset(): void {
    this.#tasks.clear();
    this.#definitions.clear();
  }

  async #live(task: LiveTask): Promise<void> {
    try {
      await this.#run(task);
    } catch (error) {
      const { message } = error as Error;
      const inAwsWords = error instanceof TaskFailedToStart || /^Cannot\w+Error/.test(message);
      Object.assign(task, {
        desired: 'STOPPED',
        stopCode: 'TaskFailedToStart',
        stoppedReason: inAwsWords ? message : `TaskFailedToStart: ${message}`,
        containerReason: message.startsWith('Cannot') ? message : null,
      });
    }
    this.#end(task);
  }

  async #run(task: LiveTask): Promise<void> {
    this.#become(task, 'PENDING');
    const internet = this.#network.hasInternet(task);
    const prepared = await prepare(task.definition, task.container, {
      taskId: task.id,
      internet,
      client: this.#client,
    });
    const environment = { ...prepared.environment, ...task.environment };
    const image = await filesOf(prepared.image, this.#home);
    if (isAskedToStop(task)) return;
    task.process = await startContainer({
      image,
      command: task.command ?? task.container.command ?? [],
      environment,
      ports: (task.container.portMappings ?? []).flatMap(({ containerPort }) => containerPort ?? []),
      memory: task.container.memory ?? Number(task.definition.memory ?? 512),
      network: await this.#network.open(task, environment),
      onLine: (line) => prepared.log?.add(line),
    });
    task.startedAt = new Date();
    if (isAskedToStop(task)) void task.process.stop(task.container.stopTimeout ?? stopTimeout);
    else this.#become(task, 'RUNNING');
    this.#ended(task, await task.process.ended);
    await prepared.log?.flush();
  }

  #ended(task: LiveTask, { code, outOfMemory }: Exit): void {
    task.exitCode = code;
    if (outOfMemory) task.containerReason = 'OutOfMemoryError: Container killed due to memory usage';
    if (task.desired === 'STOPPED') return;
    Object.assign(task, {
      desired: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
    });
  }

  #end(task: LiveTask): void {
    task.stoppedAt = new Date();
    this.#network.close(task);
    this.#become(task, 'STOPPED');
    const old = this.all().filter(({ stoppedAt }) => stoppedAt !== null && Date.now() - stoppedAt.getTime() > kept);
    for (const { id } of old) this.#tasks.delete(id);
  }

  #become(task: LiveTask, status: LiveTask['status']): void {
    task.status = status;
    this.onChange(task);
  }
}

const isAskedToStop = ({ desired }: LiveTask) => desired === 'STOPPED';
