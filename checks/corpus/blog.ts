import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { root } from '../paths.ts';
import { freePort } from '../trials/free-port.ts';
import { throwAwayPostgres } from '../trials/postgres.ts';

/** The blog of this repository, really running, with a database and a sign-in of its own. */
export interface Blog {
  /** E.g. `http://localhost:41234`. */
  api: string;
  signIn: string;
  /** Ends the API and starts it again with other settings. */
  restart: (env?: Record<string, string>) => Promise<void>;
  stop: () => Promise<void>;
}

const SERVER = join(root, 'app/server');
const JSON_BODY = { 'content-type': 'application/json' };
const FIRST = JSON.stringify({ query: '{ articles(first: 20) { nodes { id author { id } tags { name } } } }' });

/** Starts PostgreSQL with the sample articles, the sign-in service, and the API as it runs in production. */
export async function startBlog(settings: Record<string, string> = {}): Promise<Blog> {
  const home = await mkdtemp(join(tmpdir(), 'blog-'));
  const [apiAt, signInAt] = [await freePort(), await freePort()];
  const [api, signIn] = [`http://localhost:${apiAt}`, `http://localhost:${signInAt}`];
  const postgres = await throwAwayPostgres(root);
  const database = { ...process.env, DATABASE_URL: postgres.url };
  const service = program('dev/sign-in/main.ts', {
    PORT: String(signInAt),
    SIGN_IN_DATA: join(home, 'sign-in'),
    SUPABASE_JWT_ISSUER: `${signIn}/auth/v1`,
  });
  let server: ChildProcess | null = null;
  const stop = async () => {
    await Promise.all([end(server), end(service)]);
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  };
  const start = async (env: Record<string, string> = {}) => {
    server = program('src/main.ts', {
      NODE_ENV: 'production',
      PORT: String(apiAt),
      DATABASE_URL: postgres.url,
      CORS_ORIGIN: 'http://localhost:3000',
      SUPABASE_URL: signIn,
      LOG_LEVEL: 'silent',
      ...settings,
      ...env,
    });
    await answers(server, `${api}/health`);
    // The first question takes seconds on a crowded machine, which a look doesn't have.
    await fetch(`${api}/graphql`, { method: 'POST', headers: JSON_BODY, body: FIRST }).then((answer) => answer.text());
  };
  try {
    for (const file of ['prisma/migrate.ts', 'prisma/seed.ts']) {
      await promisify(execFile)(process.execPath, [file], { cwd: SERVER, env: database });
    }
    await answers(service, `${signIn}/auth/v1/.well-known/jwks.json`);
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    api,
    signIn,
    restart: async (env) => {
      await end(server);
      await start(env);
    },
    stop,
  };
}

/** It ends when we do, too, because it watches its standard input. */
function program(file: string, env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [file], {
    cwd: SERVER,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
}

async function end(child: ChildProcess | null): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

async function answers(child: ChildProcess, url: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline && child.exitCode === null; await sleep(50)) {
    const ok = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return;
  }
  throw new Error(`${url} did not answer (exit code ${child.exitCode})`);
}
