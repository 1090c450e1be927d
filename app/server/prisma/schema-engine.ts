#!/usr/bin/env node
/**
 * Prisma's `schema-engine`, which its CLI starts for `prisma migrate …` and `prisma db …` and talks to in JSON-RPC,
 * one message a line. Prisma downloads a native binary for it; this one runs the official WebAssembly build from npm
 * over adapter-pg instead, so that migrations work on a machine that reaches nothing but a package registry.
 * `prisma.config.ts` points the CLI here.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';

const require = createRequire(import.meta.url);

/** The part of the global that is used here; TypeScript knows it only for browsers. */
const { WebAssembly: webAssembly } = globalThis as unknown as {
  WebAssembly: {
    instantiate: (
      code: Uint8Array,
      imports: Record<string, object>,
    ) => Promise<{ instance: { exports: { __wbindgen_start: () => void } } }>;
  };
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    version: { type: 'boolean' },
    datamodels: { type: 'string', multiple: true },
    datasource: { type: 'string' },
    'extension-types': { type: 'string' },
  },
});
if (values.version) {
  const { version } = require('@prisma/schema-engine-wasm/package.json') as { version: string };
  console.log(`schema-engine-cli ${version.split('.').at(-1)}`);
  process.exit(0);
}
const datasource = typeof values.datasource === 'string' ? (JSON.parse(values.datasource) as { url?: string }) : {};
const url = datasource.url ?? process.env.DATABASE_URL;

if (positionals[0] === 'cli') {
  await ensureDatabase(url, positionals[1] === 'create-database');
  process.exit(0);
}

readCatalogColumnsAsText();
let engine: Promise<SchemaEngine> | undefined;
const pending = new Set<Promise<void>>();
let printed = 10_000;

createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
  .on('line', (line) => {
    const { id, method, params } = JSON.parse(line) as { id: number; method?: string; params: unknown };
    if (!method) return;
    const answer = handle(method, params).then(
      (result) => send({ id, result: result ?? null }),
      (error: unknown) => send({ id, error: { code: 4466, message: 'See data', data: describe(error) } }),
    );
    pending.add(answer);
    void answer.finally(() => pending.delete(answer));
  })
  .on('close', async () => {
    await Promise.all(pending);
    process.exit(0);
  });

async function handle(method: string, params: unknown): Promise<unknown> {
  if (method === 'createDatabase') {
    const target = (params as { datasource: { url?: string } }).datasource.url ?? url;
    return { databaseName: await ensureDatabase(target, true) };
  }
  engine ??= startEngine();
  const running = await engine;
  if (method === 'getDatabaseVersion') return running.version(null);
  const call = (running as unknown as Record<string, ((params: unknown) => Promise<unknown>) | undefined>)[method];
  if (!call) throw new Error(`The WebAssembly schema engine has no method ${method}.`);
  const result = await call.call(running, params);
  if (method === 'diff' && result && typeof result === 'object' && 'stdout' in result && result.stdout) {
    send({ id: printed++, method: 'print', params: { content: result.stdout } });
  }
  return result;
}

async function startEngine(): Promise<SchemaEngine> {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const file = require.resolve('@prisma/schema-engine-wasm').replace(/schema_engine\.js$/, 'schema_engine_bg.wasm');
  const { instance } = await webAssembly.instantiate(readFileSync(file), { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const files = (values.datamodels ?? []) as string[];
  const datamodels = files.map((path): [string, string] => [path, readFileSync(path, 'utf8')]);
  return bindings.SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapterFactory()),
  );
}

/**
 * Discrete fields, never a connection string: the shadow database is reached by `{...config, database}`, and in pg a
 * connection string beats `database`, so the shadow would silently be the real database.
 */
function adapterFactory(): PrismaPg {
  const target = new URL(url ?? 'postgresql://127.0.0.1:1/none');
  const config: pg.PoolConfig = {
    host: target.hostname,
    port: Number(target.port || 5432),
    user: decodeURIComponent(target.username),
    password: decodeURIComponent(target.password),
    database: decodeURIComponent(target.pathname.slice(1)),
  };
  const options = { schema: target.searchParams.get('schema') ?? 'public' };
  return new ShadowAwarePrismaPg(config, options);
}

/** Upstream drops the shadow database while its own pool still holds it open, which PostgreSQL refuses. */
class ShadowAwarePrismaPg extends PrismaPg {
  readonly #config: pg.PoolConfig;
  readonly #options: { schema: string };

  constructor(config: pg.PoolConfig, options: { schema: string }) {
    super(config, options);
    this.#config = config;
    this.#options = options;
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    return forMigrations(await super.connect());
  }

  override async connectToShadowDb(): ReturnType<PrismaPg['connectToShadowDb']> {
    const admin: SqlDriverAdapter = await this.connect();
    const database = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    await admin.executeScript(`CREATE DATABASE "${database}"`);
    const shadow = forMigrations(await new PrismaPg({ ...this.#config, database }, this.#options).connect());
    const dispose = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await dispose();
      await admin.executeScript(`DROP DATABASE "${database}" WITH (FORCE)`);
      await admin.dispose();
    };
    return shadow;
  }
}

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;

/** What the schema engine needs of an adapter and adapter-pg does otherwise. */
function forMigrations(adapter: Adapter): Adapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    // The engine takes a constraint's kind for a character and panics at text. PostgreSQL 18 lists NOT NULL there too.
    const kind = result.columnNames.indexOf('constraint_type');
    if (kind !== -1) result.columnTypes[kind] = ColumnTypeEnum.Character;
    return result;
  };
  const { onError } = adapter as unknown as { onError: (error: unknown) => never };
  adapter.executeScript = async (script) => {
    try {
      // Whole: adapter-pg splits at every semicolon, also in a comment or a function's body.
      await adapter.underlyingDriver().query(script);
    } catch (error) {
      onError.call(adapter, error);
    }
  };
  return adapter;
}

/** @returns the name of the database that was created, or an empty string when it was there already. */
async function ensureDatabase(target: string | undefined, create: boolean): Promise<string> {
  const client = new pg.Client({ connectionString: target });
  try {
    await client.connect();
    return '';
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === '3D000';
    if (!missing) refuse('P1001', `Can't reach database server: ${error instanceof Error ? error.message : 'unknown'}`);
    if (!create) refuse('P1003', 'Database does not exist');
  } finally {
    await client.end().catch(() => undefined);
  }
  const admin = new URL(target ?? '');
  const database = decodeURIComponent(admin.pathname.slice(1));
  admin.pathname = '/postgres';
  const adminClient = new pg.Client({ connectionString: admin.href });
  await adminClient.connect();
  await adminClient.query(`CREATE DATABASE ${adminClient.escapeIdentifier(database)}`);
  await adminClient.end();
  return database;
}

function refuse(code: string, message: string): never {
  console.error(
    JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields: { error_code: code, message } }),
  );
  process.exit(1);
}

function describe(error: unknown): Record<string, unknown> {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? { error_code: error.code } : {};
  try {
    return { is_panic: false, ...(JSON.parse(message) as Record<string, unknown>), ...code };
  } catch {
    return { is_panic: false, message, ...code };
  }
}

function send(message: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

/** adapter-pg cannot decode "char" and the reg* types, which only catalogs use (prisma/orm#27403): read as varchar. */
function readCatalogColumnsAsText(): void {
  const catalogTypes = new Set([18, 24, 27, 28, 194, 2202, 2203, 2204, 2205, 2206]);
  const asText = <Result extends { fields?: { dataTypeID: number }[] } | undefined>(result: Result): Result => {
    for (const field of result?.fields ?? []) if (catalogTypes.has(field.dataTypeID)) field.dataTypeID = 1043;
    return result;
  };
  const client = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const query = client.query;
  client.query = function patched(this: unknown, ...args: unknown[]) {
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      args[args.length - 1] = (error: unknown, result: Parameters<typeof asText>[0]) => callback(error, asText(result));
    }
    const out = query.apply(this, args);
    return out instanceof Promise ? out.then(asText) : out;
  };
}
