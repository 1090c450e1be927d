import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Service } from '@aws-sdk/client-ecs';
import { Clients } from '../clients.ts';
import type { ClientConfig, Context } from '../resource-type.ts';
import type { Operation } from '../wire.ts';
import { Authority } from './authority.ts';
import { Databases } from './databases.ts';
import { imagesIn } from './images.ts';
import { LoadBalancing } from './load-balancing.ts';
import { LowerBounds } from './lower-bounds.ts';
import { Page } from './page.ts';
import { Services } from './services.ts';
import { SignIn } from './sign-in.ts';
import { Surroundings } from './surroundings.ts';
import { Targets } from './targets.ts';
import { failed } from './task.ts';
import { TaskNetwork } from './task-network.ts';
import { Tasks } from './tasks.ts';

/** By this word in the user agent the server knows the rehearsal's own calls. */
export const internalAgent = 'rehearsal-internal';

/**
 * What makes the rehearsal live: databases, tasks, services and load balancers that really run on this machine, in step
 * with what AWS (moto) holds.
 */
export class Live {
  readonly surroundings: Surroundings;
  readonly databases: Databases;
  readonly tasks: Tasks;
  readonly targets: Targets;
  readonly loadBalancing: LoadBalancing;
  readonly services: Services;
  readonly page: Page;
  /** For its own calls, which no fault meets. */
  readonly client: Context['client'];
  readonly #signIn: SignIn;
  readonly #lowerBounds: LowerBounds;
  readonly #clients: Clients;
  readonly #home: string;
  readonly #log: (line: string) => void;
  #timer: NodeJS.Timeout | null = null;
  #turn: Promise<void> = Promise.resolve();
  #started = false;
  #closed = false;

  private constructor(config: ClientConfig, home: string, authority: Authority, log: (line: string) => void) {
    this.#clients = new Clients({ ...config, customUserAgent: internalAgent });
    this.#home = home;
    this.#log = log;
    const { get: client } = this.#clients;
    this.client = client;
    this.surroundings = new Surroundings(client);
    this.databases = new Databases(join(home, 'aurora'), authority, log);
    this.#signIn = new SignIn(join(home, 'sign-in'));
    const network = new TaskNetwork(this.surroundings, this.databases, this.#signIn, authority);
    this.tasks = new Tasks(client, network, home);
    this.targets = new Targets(this.surroundings, this.tasks);
    this.loadBalancing = new LoadBalancing(client, this.surroundings, this.targets, authority, log);
    this.services = new Services(client, this.surroundings, this.tasks, this.targets);
    this.#lowerBounds = new LowerBounds(client);
    this.page = new Page(join(home, 'page'), this.#signIn, () => this.loadBalancing.listeners());
    this.tasks.onChange = (task) => {
      this.targets.sync();
      if (failed(task)) this.services.failed(task);
      this.#soon();
    };
  }

  /** @param home where the databases' data and the authority are */
  static async open(config: ClientConfig, home: string, log: (line: string) => void): Promise<Live> {
    return new Live(config, home, await Authority.open(join(home, 'authority')), log);
  }

  /** Takes note of a call that changed something, or did so in an earlier run. */
  note({ service, action, form }: Operation, body: Buffer): void {
    if (service === 'rds') this.databases.note(action, form);
    if (service === 'ecs') this.services.notes.note(action, JSON.parse(body.toString() || '{}'));
    // What was set in an earlier run was done then.
    const isBound =
      service === 'application-autoscaling' &&
      this.#started &&
      this.#lowerBounds.note(action, JSON.parse(body.toString() || '{}'));
    if (this.surroundings.changed(service) || isBound) this.#soon();
  }

  /** Brings everything in step with what AWS holds; from now on again and again. */
  start(): void {
    this.#started = true;
    this.#soon();
  }

  /** Takes up a service that was just made or changed: a deployment begins at once. */
  follow(service: Service): Promise<void> {
    return this.#inTurn(async () => void (await this.services.follow(service)));
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#turn;
    await this.#stopAll();
    this.#clients.destroy();
  }

  /** Ends everything and forgets it. */
  reset(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#stopAll();
      await this.databases.reset();
      this.tasks.reset();
      this.services.reset();
      this.surroundings.forget();
      await this.page.reset();
      await rm(imagesIn(this.#home), { recursive: true, force: true });
    });
  }

  async #stopAll(): Promise<void> {
    this.loadBalancing.close();
    this.targets.close();
    await Promise.all([this.tasks.close(), this.page.stop(), this.#signIn.stop()]);
    await this.databases.close();
  }

  #soon(wait = 50): void {
    if (this.#closed || this.#timer) return;
    this.#timer = setTimeout(async () => {
      this.#timer = null;
      await this.#inTurn(() => this.#tick()).catch((error: Error) => {
        const isGone = /NotFound/.test(error.name);
        if (!this.#closed && !isGone) this.#log(`${error.stack}`);
        this.#soon(200);
      });
      if (this.surroundings.services.length > 0) this.#soon(500);
    }, wait).unref();
  }

  /** One after the other, so that nobody acts on what has just been overtaken. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #tick(): Promise<void> {
    if (await this.surroundings.refresh()) {
      await this.databases.sync(this.surroundings.databases);
      await this.loadBalancing.sync();
    }
    await this.#lowerBounds.tick(this.surroundings.services);
    await this.services.tick(this.surroundings.services);
  }
}
