/*
 * The page's two Workers on this machine, in workerd: `node commands/serve.ts <folder> <port> <port>`.
 * The folder holds the settings, `.env.development` and `.env.production`, and gets what is built from them. The ports are
 * development's and production's. Says `ready` once both answer, and ends on SIGTERM or when its standard input closes.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseEnv as parseFile, promisify } from 'node:util';
import { EnvError, parseEnv } from '../build/env.ts';
import { serve } from '../worker/serve.ts';

const frontend = resolve(import.meta.dirname, '..');
const NAMES = ['VITE_GRAPHQL_ENDPOINT', 'VITE_SUPABASE_URL', 'VITE_SUPABASE_PUBLISHABLE_KEY', 'VITE_SITE_URL'];

async function publish(folder: string, environment: 'development' | 'production', port: number) {
  const file = join(folder, `.env.${environment}`);
  const given = parseFile(await readFile(file, 'utf8'));
  // One that is missing in the file must not come from another file.
  const settings = Object.fromEntries(NAMES.map((name) => [name, given[name] ?? '']));
  parseEnv(settings, { source: file, httpsOnly: false });
  const directory = join(folder, environment);
  // A production build refuses http addresses, and the local sign-in has no other.
  const mode = environment === 'production' ? 'rehearsal' : environment;
  await promisify(execFile)(
    process.execPath,
    [
      join(frontend, 'node_modules/vite/bin/vite.js'),
      ...['build', '--mode', mode, '--outDir', directory, '--emptyOutDir', '--logLevel', 'error'],
    ],
    { cwd: frontend, env: { ...process.env, NODE_ENV: 'production', ...settings } },
  );
  return serve(directory, port, environment);
}

const [folder = '', development = '', production = ''] = process.argv.slice(2);
try {
  const workers = await Promise.all([
    publish(folder, 'development', Number(development)),
    publish(folder, 'production', Number(production)),
  ]);
  const end = () => void Promise.all(workers.map((worker) => worker.dispose())).finally(() => process.exit(0));
  process.once('SIGTERM', end);
  process.stdin.once('close', end).resume();
  console.log('ready');
} catch (error) {
  console.error(error instanceof EnvError ? error.message : error);
  process.exit(1);
}
