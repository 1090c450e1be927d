import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { explainer } from '../unknown.ts';
import { httpPort } from './http.ts';
import { recordingTape } from './tape.ts';

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/hang') return;
    if (request.url === '/old') {
      response.writeHead(301, { location: '/new' }).end();
      return;
    }
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      response.setHeader('x-method', request.method ?? '');
      response.end(`${Buffer.concat(parts).toString()} postgres://u:CANARY@db/x`);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('redirects are told, not followed', async () => {
  expect(await httpPort(recordingTape()).get(`${url}/old`)).toMatchObject({
    status: 301,
    headers: { location: '/new' },
  });
});

test('a query is posted, anything that writes is refused', async () => {
  const http = httpPort(recordingTape());
  const answered = await http.query(url, '{ articles { id } }');
  expect(answered.headers['x-method']).toBe('POST');
  expect(answered.body).toContain('{"query":"{ articles { id } }"}');
  expect(() => http.query(url, 'mutation { deleteArticle(id: 1) { id } }')).toThrow('refuses');
});

test('neither tokens nor connection strings are recorded, and two tokens are two calls', async () => {
  const tape = recordingTape();
  const http = httpPort(tape);
  await http.get(url, { Authorization: 'Bearer CANARY-1' });
  await http.get(url, { Authorization: 'Bearer CANARY-2' });
  expect(tape.calls()).toHaveLength(2);
  expect(JSON.stringify(tape.calls())).not.toContain('CANARY');
});

test('a server that hangs is given up after five seconds and becomes unknown', async () => {
  const error: unknown = await httpPort(recordingTape())
    .get(`${url}/hang`)
    .catch((e) => e);
  expect(explainer(false)(error, 'x').sentence).toContain('時間内に終わらなかった');
});

test('a server that is not there becomes unknown, not our mistake', async () => {
  const error: unknown = await httpPort(recordingTape())
    .get('http://127.0.0.1:9/')
    .catch((e) => e);
  expect(explainer(false)(error, 'x').sentence).not.toContain('不具合');
});

test('a body goes as it is, is recorded short, and asks for no mutation', async () => {
  const tape = recordingTape();
  const http = httpPort(tape);
  expect((await http.post(url, '[{"query":"{ a }"}]')).body).toContain('[{"query":"{ a }"}]');
  await http.post(url, 'x'.repeat(100_000));
  expect(JSON.stringify(tape.calls().map(({ input }) => input)).length).toBeLessThan(1000);
  expect(() => http.post(url, '[{"query":"mutation { a }"}]')).toThrow('refuses');
});
