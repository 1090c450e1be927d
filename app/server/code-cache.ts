import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type * as Launcher from './launcher.ts';

/**
 * Starts the bundle in the folder given once, without a database, asks what visitors ask first, ends it, and writes what
 * V8 compiled meanwhile beside it for launcher.ts. V8 takes it only in the same version, so this runs in the image's own
 * Node.
 */
const dist = resolve(process.argv[2] ?? 'dist');
const probe = createServer().listen(0, '127.0.0.1');
await once(probe, 'listening');
const { port } = probe.address() as AddressInfo;
probe.close();

Object.assign(process.env, {
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PORT: String(port),
  // Nothing listens there.
  DATABASE_URL: 'postgresql://nobody:nothing@127.0.0.1:1/none',
  CORS_ORIGIN: 'http://localhost:3000',
  SUPABASE_URL: 'http://localhost:54321',
});
const { script } = (await import(pathToFileURL(join(dist, 'src/main.js')).href)) as typeof Launcher;
process.once('exit', (code) => {
  if (code === 0) writeFileSync(join(dist, 'src/main.cache'), script.createCachedData());
});

const url = `http://127.0.0.1:${port}`;
while (!(await fetch(`${url}/health`).catch(() => null))?.ok) await setTimeout(20);
await fetch(`${url}/graphql`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', origin: 'http://localhost:3000' },
  body: JSON.stringify({ query: '{ articles { nodes { id } } }' }),
});
process.kill(process.pid, 'SIGTERM');
