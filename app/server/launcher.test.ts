import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const dist = mkdtempSync(join(tmpdir(), 'launcher-'));
beforeAll(() => execFileSync(process.execPath, [join(import.meta.dirname, 'build.ts'), dist]));
afterAll(() => rmSync(dist, { recursive: true }));

/** Starts the bundle with the image's own options, without a database, until it is warm. @returns its log. */
async function start(): Promise<string> {
  const dockerfile = readFileSync(join(import.meta.dirname, 'Dockerfile'), 'utf8');
  const server = spawn(process.execPath, [join(dist, 'src/main.js')], {
    env: {
      NODE_OPTIONS: /NODE_OPTIONS="(.+)"/.exec(dockerfile)?.[1],
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      DATABASE_URL: 'postgresql://nobody:nothing@127.0.0.1:1/none',
      CORS_ORIGIN: 'http://localhost:3000',
      SUPABASE_URL: 'http://localhost:54321',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit');
  let log = '';
  for await (const chunk of server.stdout) {
    log += String(chunk);
    // A second signal would end it at once.
    if (log.includes('"msg":"warm"') && !server.killed) server.kill('SIGTERM');
  }
  expect(await ended).toEqual([0, null]);
  return log;
}

it('starts with the code that was compiled when the image was built', async () => {
  expect(await start()).not.toContain('compiled code');
});

it('starts without it too, and says so, when another Node.js made it', async () => {
  const file = join(dist, 'src/main.cache');
  const code = readFileSync(file);
  code.fill(0, 0, 16);
  writeFileSync(file, code);
  expect(await start()).toContain('"msg":"the compiled code is of another Node.js');
});
