import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { z } from 'zod';
import type { Answer, ServerTried } from '../ports/app.ts';
import { freePort } from './free-port.ts';
import { migrateDeploy } from './migrations.ts';
import { throwAwayPostgres } from './postgres.ts';

const START_LIMIT = 20_000;
const STOP_LIMIT = 10_000;
const QUERY = '{ articles(first: 1) { nodes { id title author { name } } } }';
const manifest = z.object({ scripts: z.record(z.string(), z.string()).default({}) });

/**
 * Starts the server as its package.json says (`start`), with an empty database, a page's origin and a signing service,
 * all its own; asks what the load balancer and a visitor ask; takes its database away; and ends it as ECS does.
 */
export async function tryServer(root: string, folder: string, migrations: string): Promise<ServerTried> {
  const { scripts } = manifest.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  const script = scripts.start;
  if (!script) return { ...NOTHING, command: null };
  const postgres = await throwAwayPostgres(root);
  let databaseUp = true;
  const supabase = await signingService();
  const port = await freePort();
  // Only what a container would get: the learner's own settings must not help it.
  const env = {
    PATH: `${join(folder, 'node_modules/.bin')}:${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
    HOME: process.env.HOME,
    NODE_ENV: 'production',
    PORT: String(port),
    DATABASE_URL: postgres.url,
    CORS_ORIGIN: 'https://blog.example.com',
    SUPABASE_URL: supabase.url,
  };
  let child: ChildProcess | null = null;
  try {
    await migrateDeploy(root, join(migrations, '../schema.prisma'), migrations, postgres);
    child = spawn('/bin/sh', ['-c', `exec ${script}`], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = tail(child);
    const url = `http://127.0.0.1:${port}`;
    const started = await answers(child, `${url}/health`);
    if (!started) return { ...NOTHING, command: script, output: output() };
    const graphql = (token?: string) => ask(`${url}/graphql`, QUERY, token);
    const ready = await ask(`${url}/ready`);
    const health = await ask(`${url}/health`);
    const query = await graphql();
    const signedIn = await graphql(await supabase.sign({}));
    const badTokens = {
      でたらめな文字列: await graphql('garbage'),
      別の鍵で署名したもの: await graphql(await supabase.forge()),
      期限の切れたもの: await graphql(await supabase.sign({ exp: 1_700_000_000 })),
      別の発行元のもの: await graphql(await supabase.sign({ iss: 'https://example.com/auth/v1' })),
    };
    await postgres.stop();
    databaseUp = false;
    const healthWithoutDatabase = await ask(`${url}/health`);
    const readyWithoutDatabase = await ask(`${url}/ready`);
    const began = performance.now();
    child.kill('SIGTERM');
    await Promise.race([once(child, 'exit'), sleep(STOP_LIMIT, null, { ref: false })]);
    return {
      command: script,
      started,
      output: output(),
      health,
      ready,
      query,
      signedIn,
      badTokens,
      healthWithoutDatabase,
      readyWithoutDatabase,
      exitCode: child.exitCode,
      stopMs: Math.round(performance.now() - began),
    };
  } finally {
    if (child && child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    supabase.close();
    if (databaseUp) await postgres.stop();
  }
}

const NOTHING: Omit<ServerTried, 'command'> = {
  started: false,
  output: '',
  health: null,
  ready: null,
  query: null,
  signedIn: null,
  badTokens: {},
  healthWithoutDatabase: null,
  readyWithoutDatabase: null,
  exitCode: null,
  stopMs: 0,
};

/** Waits until it answers with 200, it ends, or the time is up. */
async function answers(child: ChildProcess, url: string): Promise<boolean> {
  const deadline = Date.now() + START_LIMIT;
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    if ((await ask(url))?.status === 200) return true;
    await sleep(100);
  }
  return false;
}

async function ask(url: string, query?: string, token?: string): Promise<Answer | null> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(5000),
      headers: {
        ...(query === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(query === undefined ? {} : { method: 'POST', body: JSON.stringify({ query }) }),
    });
    return { status: response.status, body: (await response.text()).slice(0, 2000) };
  } catch {
    return null;
  }
}

function tail(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output = `${output}${chunk}`.slice(-2000);
    });
  }
  return () => output.trim();
}

/** A stand-in for Supabase Auth's public keys, and a pen for its tokens. */
async function signingService() {
  const [own, foreign] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  const keys = [{ ...(await exportJWK(own.publicKey)), kid: 'check', alg: 'ES256', use: 'sig' }];
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  const url = `http://127.0.0.1:${address.port}`;
  const claims = () => ({
    iss: `${url}/auth/v1`,
    aud: 'authenticated',
    role: 'authenticated',
    sub: '00000000-0000-4000-8000-000000000001',
    email: 'check@example.com',
    exp: Math.floor(Date.now() / 1000) + 600,
  });
  const sign = (changes: Record<string, unknown>, key = own.privateKey) =>
    new SignJWT({ ...claims(), ...changes })
      .setProtectedHeader({ alg: 'ES256', kid: 'check', typ: 'JWT' })
      .setIssuedAt()
      .sign(key);
  return { url, sign, forge: () => sign({}, foreign.privateKey), close: () => server.close() };
}
