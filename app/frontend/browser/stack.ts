import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { serve } from '../worker/serve.ts';

/** The whole blog as visitors meet it, on free ports, with a database of its own. */
export interface Stack {
  /** The built page, served by the real Workers runtime with its headers. */
  page: string;
  api: string;
  signIn: string;
  databaseUrl: string;
  /** Ends and starts the API again, as a deployment or a crash would; what happens in between has no server. */
  withoutApi: (during: () => Promise<void>) => Promise<void>;
  stop: () => Promise<void>;
}

const frontend = resolve(import.meta.dirname, '..');
const server = resolve(frontend, '../server');

/** Starts PostgreSQL (migrated, with the sample articles), the sign-in service, the API and the built page. */
export async function startStack(): Promise<Stack> {
  const home = await mkdtemp(join(tmpdir(), 'blog-page-'));
  const [pageAt = 0, apiAt = 0, signInAt = 0, databaseAt = 0] = await freePorts(4);
  const page = `http://localhost:${pageAt}`;
  const api = `http://localhost:${apiAt}`;
  const signIn = `http://localhost:${signInAt}`;
  const databaseUrl = `postgresql://bloguser:blogpassword@127.0.0.1:${databaseAt}/blogdb`;
  const programs: Program[] = [];
  const start = (file: string, env: Record<string, string>) => {
    const program = new Program(file, env);
    programs.push(program);
    return program;
  };
  const startApi = async () => {
    const program = start('src/main.ts', {
      PORT: String(apiAt),
      DATABASE_URL: databaseUrl,
      CORS_ORIGIN: page,
      SUPABASE_URL: signIn,
      SUPABASE_JWT_ISSUER: '',
      LOG_LEVEL: 'warn',
    });
    await program.answers(`${api}/health`);
    return program;
  };
  const stop = async () => {
    await Promise.all(programs.toReversed().map((program) => program.end()));
    await rm(home, { recursive: true, force: true });
  };

  try {
    const service = start('dev/sign-in/main.ts', {
      PORT: String(signInAt),
      SIGN_IN_DATA: join(home, 'sign-in'),
      SUPABASE_JWT_ISSUER: `${signIn}/auth/v1`,
    });
    const database = start('dev/database.ts', { PGPORT: String(databaseAt), PGDATA: join(home, 'postgres') });
    const built = build(join(home, 'page'), api, signIn);
    await database.says(/^postgresql:/m);
    for (const file of ['prisma/migrate.ts', 'prisma/seed.ts']) {
      await promisify(execFile)(process.execPath, [file], {
        cwd: server,
        env: { ...process.env, DATABASE_URL: databaseUrl },
      });
    }
    let apiProgram = await startApi();
    await service.answers(`${signIn}/auth/v1/.well-known/jwks.json`);
    await built;
    const worker = await serve(join(home, 'page'), pageAt);
    return {
      page,
      api,
      signIn,
      databaseUrl,
      withoutApi: async (during) => {
        await apiProgram.end();
        try {
          await during();
        } finally {
          apiProgram = await startApi();
        }
      },
      stop: async () => {
        await worker.dispose();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A program of the server's package; it also ends when we do, because it watches its standard input. */
class Program {
  readonly #process: ChildProcess;
  readonly #file: string;
  #output = '';

  constructor(file: string, env: Record<string, string>) {
    this.#file = file;
    this.#process = spawn(process.execPath, [file], { cwd: server, env: { ...process.env, ...env }, stdio: 'pipe' });
    const keep = (text: Buffer) => {
      this.#output += text.toString();
    };
    this.#process.stdout?.on('data', keep);
    this.#process.stderr?.on('data', keep);
  }

  /** Waits until `condition` holds; fails when the program ends before, or after a minute. */
  async #until(condition: () => Promise<boolean> | boolean) {
    const deadline = Date.now() + 60_000;
    while (!(await condition())) {
      const { exitCode } = this.#process;
      if (exitCode !== null || Date.now() > deadline) {
        throw new Error(`${this.#file} did not get ready (exit code ${exitCode}):\n${this.#output}`);
      }
      await wait(50);
    }
  }

  says(line: RegExp): Promise<void> {
    return this.#until(() => line.test(this.#output));
  }

  answers(url: string): Promise<void> {
    return this.#until(() =>
      fetch(url).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
  }

  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await ended;
  }
}

async function build(outDir: string, api: string, signIn: string): Promise<void> {
  const vite = join(frontend, 'node_modules/vite/bin/vite.js');
  await promisify(execFile)(
    process.execPath,
    [vite, 'build', '--mode', 'rehearsal', '--outDir', outDir, '--logLevel', 'error'],
    {
      cwd: frontend,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        VITE_GRAPHQL_ENDPOINT: `${api}/graphql`,
        VITE_SUPABASE_URL: signIn,
        VITE_SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_local',
      },
    },
  );
}

/** Ports that nobody listens on now, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((each) => once(each, 'listening')));
  const ports = servers.map((each) => (each.address() as { port: number }).port);
  await Promise.all(servers.map((each) => once(each.close(), 'close')));
  return ports;
}
