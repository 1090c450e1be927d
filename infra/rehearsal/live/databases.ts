import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import pg from 'pg';
import type { Authority } from './authority.ts';
import { DatabaseGate } from './database-gate.ts';
import type { ClusterAround } from './surroundings.ts';

const program = fileURLToPath(new URL('../../../app/server/dev/database.ts', import.meta.url));

interface Running {
  endpoint: string;
  port: number;
  groups: string[];
  user: string;
  password: string;
  database: string;
  /** Null until it answers. */
  gate: DatabaseGate | null;
  postgres: ChildProcess;
  postgresPort: number;
  ready: Promise<void>;
}

/** A database as a task sees it. */
export interface Endpoint {
  name: string;
  /** The port that the cluster has in AWS. */
  port: number;
  groups: readonly string[];
  /** Port of this machine behind which it answers; null while it is starting. */
  local: number | null;
}

/**
 * A real PostgreSQL for every Aurora cluster that has an instance, its data in a folder of the cluster's own. It has the
 * user, password and database that the cluster was made with.
 */
export class Databases {
  readonly #folder: string;
  readonly #authority: Authority;
  readonly #running = new Map<string, Running>();
  /** Master passwords by cluster identifier: AWS never tells them, so they are noted when they are set. */
  readonly #passwords = new Map<string, string>();
  readonly #log: (line: string) => void;

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

  /** Starts what is there, ends what is gone or stopped, follows what changed. */
  async sync(clusters: readonly ClusterAround[]): Promise<void> {
    const wanted = clusters.filter(
      ({ cluster }) => cluster.Status === 'available' && (cluster.DBClusterMembers ?? []).length > 0,
    );
    const present = new Set(clusters.map(({ cluster }) => cluster.DbClusterResourceId ?? ''));
    for (const [id, running] of this.#running) {
      if (wanted.some(({ cluster }) => cluster.DbClusterResourceId === id)) continue;
      this.#running.delete(id);
      await stop(running);
      if (!present.has(id)) await rm(join(this.#folder, id), { recursive: true, force: true });
    }
    for (const { cluster, forcesTls } of wanted) {
      const id = cluster.DbClusterResourceId ?? '';
      const running = this.#running.get(id);
      const password = this.#passwords.get(cluster.DBClusterIdentifier ?? '') ?? '';
      const groups = (cluster.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId = '' }) => VpcSecurityGroupId);
      if (!running) {
        this.#running.set(
          id,
          await this.#start(id, {
            endpoint: cluster.Endpoint ?? '',
            port: cluster.Port ?? 5432,
            groups,
            user: cluster.MasterUsername ?? 'postgres',
            password,
            // Without an initial database there is only PostgreSQL's own.
            database: cluster.DatabaseName || 'postgres',
            forcesTls,
          }),
        );
        continue;
      }
      Object.assign(running, { groups, port: cluster.Port ?? 5432 });
      if (running.gate) running.gate.forcesTls = forcesTls;
      if (running.password !== password) await changePassword(running, password);
    }
  }

  endpoints(): Endpoint[] {
    return [...this.#running.values()].map(({ endpoint, port, groups, gate }) => ({
      name: endpoint,
      port,
      groups,
      local: gate?.port ?? null,
    }));
  }

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

  async #start(
    id: string,
    { forcesTls, ...about }: Omit<Running, 'gate' | 'postgres' | 'postgresPort' | 'ready'> & { forcesTls: boolean },
  ): Promise<Running> {
    const postgresPort = await getPort({ host: '127.0.0.1' });
    const postgres = spawn(process.execPath, [program], {
      env: {
        PATH: process.env.PATH,
        PGPORT: String(postgresPort),
        PGDATA: join(this.#folder, id),
        PGUSER: about.user,
        PGPASSWORD: about.password,
        PGDATABASE: about.database,
      },
      // It ends with this process: it watches its standard input.
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    postgres.stdin.on('error', () => {});
    postgres.stderr.on('data', (chunk: Buffer) => this.#log(`Aurora ${about.endpoint}: ${chunk.toString().trim()}`));
    const answers = new Promise<void>((resolve) => {
      postgres.stdout.once('data', () => resolve());
      postgres.once('exit', () => resolve());
    });
    const running: Running = { ...about, gate: null, postgres, postgresPort, ready: Promise.resolve() };
    running.ready = answers.then(async () => {
      if (postgres.exitCode !== null) return;
      const gate = new DatabaseGate(await this.#authority.identity([about.endpoint]), postgresPort, forcesTls);
      await gate.listen();
      running.gate = gate;
    });
    return running;
  }
}

async function stop({ gate, postgres }: Running): Promise<void> {
  gate?.close();
  if (postgres.exitCode !== null || postgres.signalCode !== null) return;
  const ended = new Promise((resolve) => postgres.once('exit', resolve));
  postgres.stdin?.end();
  await ended;
}

/** Changes the master password in the database itself. */
async function changePassword(running: Running, password: string): Promise<void> {
  await running.ready;
  const client = new pg.Client({
    host: '127.0.0.1',
    port: running.postgresPort,
    user: running.user,
    password: running.password,
    database: 'postgres',
  });
  await client.connect();
  try {
    await client.query(
      `ALTER ROLE ${client.escapeIdentifier(running.user)} PASSWORD ${client.escapeLiteral(password)}`,
    );
    running.password = password;
  } finally {
    await client.end();
  }
}
