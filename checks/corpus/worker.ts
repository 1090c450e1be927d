import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../paths.ts';
import { freePort } from '../trials/free-port.ts';

/** The blog's page of this repository, built and served by the real runtime of Cloudflare Workers. */
export interface Worker {
  /** E.g. `http://127.0.0.1:41234`. */
  url: string;
  stop: () => Promise<void>;
}

const FRONTEND = join(root, 'app/frontend');

/** Builds the page for an API and a sign-in, and serves it as `wrangler.jsonc` says. */
export async function startWorker(api: string, signIn: string): Promise<Worker> {
  const home = await mkdtemp(join(tmpdir(), 'worker-'));
  const port = await freePort();
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    VITE_GRAPHQL_ENDPOINT: `${api}/graphql`,
    VITE_SUPABASE_URL: signIn,
    VITE_SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_local',
    WRANGLER_SEND_METRICS: 'false',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  };
  const dist = join(home, 'dist');
  const vite = [join(FRONTEND, 'node_modules/vite/bin/vite.js'), 'build', '--mode', 'rehearsal', '--outDir', dist];
  await promisify(execFile)(process.execPath, [...vite, '--logLevel', 'error'], { cwd: FRONTEND, env });
  const wrangler = [join(FRONTEND, 'node_modules/wrangler/bin/wrangler.js'), 'dev', '--env', 'production'];
  const settings = ['--assets', dist, '--port', String(port), '--ip', '127.0.0.1', '--persist-to', join(home, 'state')];
  const child = spawn(process.execPath, [...wrangler, ...settings, '--show-interactive-dev-session=false'], {
    cwd: FRONTEND,
    env,
    // Its bundler complains at length when it is ended.
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  let said = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    said += String(chunk);
    if (said.includes('Ready on')) break;
  }
  child.stdout.resume();
  if (child.exitCode !== null) throw new Error(`wrangler ended:\n${said}`);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}
