import { join } from 'node:path';
import type { ClientConfig, Context } from '../resource-type.ts';
import type { Operation } from '../wire.ts';
import { Authority } from './authority.ts';
import { Databases } from './databases.ts';
import { LoadBalancing } from './load-balancing.ts';
import { Services } from './services.ts';
import { Surroundings } from './surroundings.ts';
import { Tasks } from './tasks.ts';

/** By this word in the user agent the server knows the rehearsal's own calls: no fault meets them, none is kept. */
export const internalAgent = 'rehearsal-internal';

/**
 * What makes the rehearsal live: databases, tasks, services and load balancers that really run on this machine, in step
 * with what AWS (moto) holds.
 */
export class Live {
  readonly surroundings: Surroundings;
  readonly databases: Databases;
  readonly tasks: Tasks;
  readonly loadBalancing: LoadBalancing;
  readonly services: Services;
  /** For reading, unseen by faults and journal. */
  readonly client: Context['client'];
  readonly #clients = new Map<unknown, { destroy: () => void }>();
  readonly #log: (line: string) => void;
  #timer: NodeJS.Timeout | null = null;
  #ticking: Promise<void> = Promise.resolve();
  #tasksChanged = false;
  #closed = false;

  private constructor(
    config: ClientConfig,
    journaled: Context['client'],
    home: string,
    authority: Authority,
    log: (line: string) => void,
  ) {
    this.client = <Client>(Class: new (config: ClientConfig) => Client): Client => {
      const known = this.#clients.get(Class);
      if (known) return known as Client;
      const made = new Class({ ...config, customUserAgent: internalAgent } as ClientConfig);
      this.#clients.set(Class, made as { destroy: () => void });
      return made;
    };
    this.#log = log;
    this.surroundings = new Surroundings(this.client);
    this.databases = new Databases(join(home, 'aurora'), authority, log);
    this.tasks = new Tasks(this.client, this.surroundings, this.databases, authority);
    this.loadBalancing = new LoadBalancing(this.client, this.surroundings, this.tasks, authority, log);
    this.services = new Services(journaled, this.tasks, this.loadBalancing);
    this.tasks.onChange = (task) => {
      this.#tasksChanged = true;
      const unasked = task.stopCode === 'TaskFailedToStart' || task.stopCode === 'EssentialContainerExited';
      if (task.status === 'STOPPED' && unasked) this.services.failed(task);
      this.#soon();
    };
  }

  /** @param journaled a client whose changes are kept */
  static async open(
    config: ClientConfig,
    journaled: Context['client'],
    home: string,
    log: (line: string) => void,
  ): Promise<Live> {
    return new Live(config, journaled, home, await Authority.open(join(home, 'authority')), log);
  }

  /** Takes note of a call that changed something, or did so in an earlier run. */
  note({ service, action, form }: Operation, body: Buffer): void {
    if (service === 'rds') this.databases.note(action, form);
    if (service === 'ecs') this.services.note(action, JSON.parse(body.toString() || '{}') as Record<string, unknown>);
    if (!['ec2', 'ecs', 'elasticloadbalancing', 'rds'].includes(service)) return;
    this.surroundings.changed(service);
    this.#soon();
  }

  /** Brings everything in step with what AWS holds; again and again while something runs. */
  start(): void {
    this.#soon();
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#ticking;
    await this.#stopAll();
    for (const client of this.#clients.values()) client.destroy();
  }

  /** Ends everything and forgets it. */
  async reset(): Promise<void> {
    await this.#ticking;
    await this.#stopAll();
    await this.databases.reset();
    this.tasks.reset();
    this.services.reset();
    for (const service of ['ec2', 'ecs', 'elasticloadbalancing', 'rds']) this.surroundings.changed(service);
  }

  async #stopAll(): Promise<void> {
    await this.loadBalancing.close();
    await this.tasks.close();
    await this.databases.close();
  }

  #soon(wait = 50): void {
    if (this.#closed || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#ticking = this.#tick().catch((error: Error) => {
        if (!this.#closed) this.#log(`${error.stack}`);
      });
      void this.#ticking.then(() => {
        if (this.surroundings.services.length > 0) this.#soon(500);
      });
    }, wait).unref();
  }

  async #tick(): Promise<void> {
    const changed = await this.surroundings.refresh();
    if (changed) await this.databases.sync(this.surroundings.databases);
    await this.services.tick(this.surroundings.services);
    if (changed || this.#tasksChanged) {
      this.#tasksChanged = false;
      await this.loadBalancing.sync();
    }
  }
}
