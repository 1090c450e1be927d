import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../browser/stack.ts';
import { serve } from './serve.ts';

const frontend = resolve(import.meta.dirname, '..');
const run = promisify(execFile);

let directory: string;
let port: number;
let worker: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'blog-worker-'));
  [port = 0] = await freePorts(1);
  await run(
    process.execPath,
    [join(frontend, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', directory, '--logLevel', 'error'],
    {
      cwd: frontend,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        VITE_GRAPHQL_ENDPOINT: 'https://api.example.com/graphql',
        VITE_SUPABASE_URL: 'https://abc.supabase.co',
        VITE_SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x',
        VITE_SITE_URL: 'https://blog.example.com',
      },
    },
  );
  worker = await serve(directory, port);
});

afterAll(async () => {
  await worker?.dispose();
  await rm(directory, { recursive: true, force: true });
});

/** A plain request; `fetch` would add headers of a browser's own. */
function get(path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>((done, failed) => {
    request({ host: 'localhost', port, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body }));
    })
      .on('error', failed)
      .end();
  });
}

describe('the Worker, in workerd', () => {
  it.each(['/', '/articles/1', '/tags/Node.js', '/search?q=a', '/a/b/c'])('gives the page at %s', async (path) => {
    for (const headers of [{}, { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', accept: 'text/html' }]) {
      const answer = await get(path, headers);
      expect(answer).toMatchObject({ status: 200 });
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.body).toContain('<div id="root">');
      // A page that is kept would go on asking for code that is gone.
      expect(answer.headers['cache-control']).toBe('public, max-age=0, must-revalidate');
    }
  });

  it.each(['/assets/gone-12345678.js', '/assets/', '/gone.png', '/.env', '/wp-login.php'])(
    'answers 404 for the missing file %s',
    async (path) => {
      const answer = await get(path, { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' });
      expect(answer.status).toBe(404);
      expect(answer.body).not.toContain('<');
      expect(answer.headers['cache-control']).toBe('no-store');
    },
  );

  it('gives code that may be kept for ever, and says who may be talked to', async () => {
    const page = await get('/');
    const [, code = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(page.body) ?? [];
    expect((await get(code)).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const { headers } = page;
    expect(headers['strict-transport-security']).toMatch(/max-age=\d{8}/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('strict-origin-when-cross-origin');
    expect(headers['permissions-policy']).toContain('camera=()');
    expect(headers['content-security-policy']).toContain(
      "connect-src 'self' https://api.example.com https://abc.supabase.co;",
    );
    expect(headers['x-robots-tag']).toBeUndefined();
  });

  it('carries the address of the page for link previews', async () => {
    expect((await get('/')).body).toContain('<meta property="og:image" content="https://blog.example.com/og.png">');
  });

  it('is set up for development and production by name', async () => {
    const config = await readFile(join(frontend, 'wrangler.jsonc'), 'utf8');
    expect(config).toContain('"production": { "name": "blog-aws-practice-frontend" }');
    expect(config).toContain('"development": { "name": "blog-aws-practice-frontend-development" }');
  });
});
