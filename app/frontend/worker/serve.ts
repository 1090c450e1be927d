import { join, resolve } from 'node:path';

const frontend = resolve(import.meta.dirname, '..');

/**
 * Serves a built page with workerd, Cloudflare's own runtime, as `wrangler.jsonc` says.
 *
 * @param environment which of the two Workers it is
 */
export async function serve(
  directory: string,
  port: number,
  environment: 'development' | 'production' = 'production',
): Promise<{ dispose: () => Promise<void> }> {
  Object.assign(process.env, { WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false' });
  const { unstable_startWorker } = await import('wrangler');
  const worker = await unstable_startWorker({
    config: join(frontend, 'wrangler.jsonc'),
    env: environment,
    assets: directory,
    dev: { server: { port, hostname: 'localhost' }, persist: false, inspector: false, watch: false, logLevel: 'error' },
  });
  await worker.ready;
  return worker;
}
