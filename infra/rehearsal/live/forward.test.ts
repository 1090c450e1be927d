import { Agent, createServer, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { forward } from './forward.ts';
import { type LocalListener, openListener } from './local-listener.ts';
import type { Target } from './targets.ts';

/** What the target was asked, and by how many connections. */
const asked: { connection: string | undefined; socket: unknown }[] = [];
const server = createServer({ keepAliveTimeout: 65_000 }, (incoming, response) => {
  asked.push({ connection: incoming.headers.connection, socket: incoming.socket });
  response.setHeader('x-own', 'kept').end('moo');
});
let listener: LocalListener;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const local = typeof address === 'object' && address !== null ? address.port : 0;
  const target = {
    task: { process: { ports: new Map([[4000, local]]) } },
    port: 4000,
    inFlight: 0,
  } as unknown as Target;
  listener = await openListener(80, null, (incoming, response) =>
    forward(target, { protocol: 'HTTP', port: 80 }, incoming, response),
  );
});
afterAll(() => {
  listener.close();
  server.close();
  server.closeAllConnections();
});

function get(agent: Agent): Promise<{ headers: NodeJS.Dict<string | string[]>; body: string }> {
  return new Promise((resolve, reject) => {
    request(listener.url, { agent }, async (answer) => resolve({ headers: answer.headers, body: await text(answer) }))
      .on('error', reject)
      .end();
  });
}

it('a visitor is told how long the load balancer keeps the connection, not how long the target does', async () => {
  const agent = new Agent({ keepAlive: true });
  const { headers, body } = await get(agent);
  agent.destroy();
  expect(body).toBe('moo');
  expect(headers).toMatchObject({ connection: 'keep-alive', 'keep-alive': 'timeout=60', 'x-own': 'kept' });
});

it('a visitor who closes each connection doesn’t make the load balancer close those to the target', async () => {
  asked.length = 0;
  const agent = new Agent({ keepAlive: false });
  expect((await get(agent)).headers).toMatchObject({ connection: 'close' });
  await get(agent);
  expect(asked.map(({ connection }) => connection)).toEqual(['keep-alive', 'keep-alive']);
  expect(asked[0]?.socket).toBe(asked[1]?.socket);
});
