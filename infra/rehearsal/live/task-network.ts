import type { Authority } from './authority.ts';
import type { Network } from './container.ts';
import type { Databases } from './databases.ts';
import { contains, letsThrough, reaches, reachesInternet } from './reachability.ts';
import { type SignIn, supabasePort } from './sign-in.ts';
import type { Surroundings } from './surroundings.ts';
import type { LiveTask } from './task.ts';
import { openWay, type Way } from './way.ts';

/** An address of the internet; this one is reserved for documentation. */
const somewhere = { ip: '198.51.100.1', groups: [] };

/** What the network of the VPC gives to each task. */
export class TaskNetwork {
  readonly #surroundings: Surroundings;
  readonly #databases: Databases;
  readonly #signIn: SignIn;
  readonly #authority: Authority;
  readonly #ways = new Map<string, Way[]>();

  constructor(surroundings: Surroundings, databases: Databases, signIn: SignIn, authority: Authority) {
    this.#surroundings = surroundings;
    this.#databases = databases;
    this.#signIn = signIn;
    this.#authority = authority;
  }

  /** Whether a task reaches the internet: by its subnet's route and its groups' rules. */
  hasInternet({ subnet, groups, hasPublicIp }: LiveTask): boolean {
    const place = this.#surroundings.subnets.get(subnet);
    if (!place || !reachesInternet(place.route, hasPublicIp)) return false;
    const out = groups.flatMap((id) => this.#surroundings.groups.get(id)?.out ?? []);
    return letsThrough(out, somewhere, 443);
  }

  /** Opens what a task reaches: the databases, as far as their groups let it in, the local sign-in, and the internet. */
  async open(task: LiveTask, environment: Record<string, string>): Promise<Network> {
    const hosts: Record<string, number> = {};
    const ways: Way[] = [];
    this.#ways.set(task.id, ways);
    const endpoints = this.#databases.endpoints();
    for (const { name, port } of endpoints) {
      const way = await openWay(async (client) => {
        // A security group answers nothing: the other side waits for its time-out.
        if (this.#letsIn(task, name)) await this.#databases.connect(name, client);
      });
      ways.push(way);
      hosts[`${name}:${port}`] = way.port;
    }
    // The rehearsal's Supabase is a program on this machine.
    const supabase = environment.SUPABASE_URL;
    if (supabase && URL.canParse(supabase)) {
      const { hostname, port } = new URL(supabase);
      if (/^(localhost|127\.0\.0\.1)$/.test(hostname) && port) {
        hosts[`${hostname}:${port}`] = Number(port) === supabasePort ? await this.#signIn.port() : Number(port);
      }
    }
    return {
      hosts,
      names: endpoints.map(({ name }) => name),
      internet: this.hasInternet(task),
      authority: this.#authority.certificate,
    };
  }

  close({ id }: LiveTask): void {
    for (const way of this.#ways.get(id) ?? []) way.close();
    this.#ways.delete(id);
  }

  /** A private address of a subnet that none of these tasks has. */
  freeAddress(subnet: string, tasks: readonly LiveTask[]): string {
    const cidr = this.#surroundings.subnets.get(subnet)?.cidr ?? '10.0.11.0/24';
    const taken = new Set(tasks.map(({ ip, status }) => (status === 'STOPPED' ? '' : ip)));
    const [network = ''] = cidr.split('/');
    const [a = '10', b = '0', c = '0', d = '0'] = network.split('.');
    for (let host = Number(d) + 10; host < 255; host += 1) {
      const ip = `${a}.${b}.${c}.${host}`;
      if (!taken.has(ip) && contains(cidr, ip)) return ip;
    }
    return network;
  }

  #letsIn({ ip, groups }: LiveTask, database: string): boolean {
    const endpoint = this.#databases.endpoints().find(({ name }) => name === database);
    if (!endpoint) throw new Error(`${database} isn't there`);
    // The database has an address of the same VPC; which one makes no difference to the rules.
    return reaches({ ip, groups }, { ip, groups: endpoint.groups }, endpoint.port, this.#surroundings.groups);
  }
}
