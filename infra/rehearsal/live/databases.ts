import { rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { DBCluster } from '@aws-sdk/client-rds';
import pg from 'pg';
import type { Authority } from './authority.ts';
import { receive } from './database-gate.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import type { ClusterAround } from './surroundings.ts';

/** An Aurora cluster that answers, as a task sees it. */
export interface Endpoint {
  name: string;
  /** The port that the cluster has in AWS. */
  port: number;
  groups: readonly string[];
}

interface Running {
  cluster: DBCluster;
  forcesTls: boolean;
  /** The master password that PostgreSQL itself has. */
  password: string;
  /** Started by the first connection. */
  postgres: Promise<Postgres> | null;
}

/**
 * A real PostgreSQL for every Aurora cluster that has an instance, its data in a folder of the cluster's own. It has the
 * user, password and database that the cluster was made with, and starts when somebody first connects.
 */
export class Databases {
  readonly #folder: string;
  readonly #authority: Authority;
  readonly #log: (line: string) => void;
  readonly #running = new Map<string, Running>();
  /** Master passwords by cluster identifier: AWS never tells them, so they are noted when they are set. */
  readonly #passwords = new Map<string, string>();

  constructor(folder: string, authority: Authority, log: (line: string) => void) {
    this.#folder = folder;
    this.#authority = authority;
    this.#log = log;
  }

  /** Takes note of a call that sets a master password. */
  note(action: string, form: Record<string, string>): void {
    const { DBClusterIdentifier: id, MasterUserPassword: password } = form;
    if ((action === 'CreateDBCluster' || action === 'ModifyDBCluster') && id && password) {
      this.#passwords.set(id.toLowerCase(), password);
    }
  }

  /** Lets in what is there, ends what is gone or stopped, follows what changed. */
  async sync(clusters: readonly ClusterAround[]): Promise<void> {
    const present = new Map(clusters.map((around) => [around.cluster.DbClusterResourceId ?? '', around]));
    const isUp = ({ cluster }: ClusterAround) =>
      cluster.Status === 'available' && (cluster.DBClusterMembers ?? []).length > 0;
    for (const [id, running] of this.#running) {
      const around = present.get(id);
      if (around && isUp(around)) continue;
      this.#running.delete(id);
      await stop(running);
      if (!around) await rm(join(this.#folder, id), { recursive: true, force: true });
    }
    for (const [id, around] of present) {
      if (!isUp(around)) continue;
      const running = this.#running.get(id);
      const password = this.#passwords.get(around.cluster.DBClusterIdentifier ?? '') ?? '';
      if (!running) this.#running.set(id, { ...around, password, postgres: null });
      else {
        Object.assign(running, around);
        if (running.password !== password) await this.#changePassword(id, running, password);
      }
    }
  }

  endpoints(): Endpoint[] {
    return [...this.#running.values()].map(({ cluster }) => ({
      name: cluster.Endpoint ?? '',
      port: cluster.Port ?? 5432,
      groups: (cluster.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId = '' }) => VpcSecurityGroupId),
    }));
  }

  /**
   * Receives a connection to an endpoint.
   *
   * @throws Error where no database answers there
   */
  async connect(endpoint: string, client: Socket): Promise<void> {
    const found = [...this.#running].find(([, { cluster }]) => cluster.Endpoint === endpoint);
    if (!found) throw new Error(`${endpoint} isn't there`);
    const [id, running] = found;
    const { port } = await this.#postgresOf(id, running);
    const identity = await this.#authority.identity([endpoint]);
    receive(client, { identity, forcesTls: running.forcesTls, port });
  }

  /** Ends all of them; their data stays. */
  async close(): Promise<void> {
    await Promise.all([...this.#running.values()].map(stop));
    this.#running.clear();
  }

  /** Ends all, and forgets their data. */
  async reset(): Promise<void> {
    await this.close();
    this.#passwords.clear();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #postgresOf(id: string, running: Running): Promise<Postgres> {
    if (running.postgres) return running.postgres;
    const { MasterUsername: user = 'postgres', DatabaseName, Endpoint: endpoint } = running.cluster;
    const starting = startPostgres({
      folder: join(this.#folder, id),
      user,
      password: running.password,
      // Without an initial database there is only PostgreSQL's own.
      database: DatabaseName || 'postgres',
    });
    running.postgres = starting;
    void starting
      .then(({ ended }) => ended)
      .catch((error: Error) => this.#log(`Aurora ${endpoint}: ${error.message}`))
      .finally(() => {
        running.postgres = null;
      });
    return starting;
  }

  /** Changes the master password in the database itself. */
  async #changePassword(id: string, running: Running, password: string): Promise<void> {
    const { port } = await this.#postgresOf(id, running);
    const user = running.cluster.MasterUsername ?? 'postgres';
    const client = new pg.Client({ host: '127.0.0.1', port, user, password: running.password, database: 'postgres' });
    await client.connect();
    try {
      await client.query(`ALTER ROLE ${client.escapeIdentifier(user)} PASSWORD ${client.escapeLiteral(password)}`);
      running.password = password;
    } finally {
      await client.end();
    }
  }
}

async function stop({ postgres }: Running): Promise<void> {
  const started = await postgres?.catch(() => null);
  await started?.stop();
}
