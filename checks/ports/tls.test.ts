import { once } from 'node:events';
import { createServer as createTcpServer, type Server } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { type Authority, authority } from '../corpus/certificates.ts';
import { explainer } from '../unknown.ts';
import { recordingTape } from './tape.ts';
import { tlsPort } from './tls.ts';

// Real servers with certificates made here: what a visitor's browser would say of each.

let good: Authority;
let unknown: Authority;
const servers: Server[] = [];
beforeAll(async () => {
  [good, unknown] = [
    await authority({ trusted: true }),
    await authority({ name: 'Nobody’s authority', trusted: false }),
  ];
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listening(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

const serve = (options: TlsOptions) => listening(createServer(options, (socket) => socket.on('error', () => {})));
const look = (port: number, newest?: 'TLSv1.1') => tlsPort(recordingTape()).handshake('localhost', port, newest);

test('a good certificate has no problem, and is told with its names and dates', async () => {
  const handshake = await look(await serve(await good.issue()));
  expect(handshake).toMatchObject({ protocol: 'TLSv1.3', refusal: null, problem: null });
  expect(handshake.certificate).toMatchObject({ hosts: ['localhost'], issuer: 'Test authority' });
});

test.each([
  ['expired', { untilDays: -1, fromDays: -30 }, 'CERT_HAS_EXPIRED'],
  ['not valid yet', { fromDays: 3 }, 'CERT_NOT_YET_VALID'],
  ['for another host', { hosts: ['other.example'] }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
])('one that is %s is told, not thrown', async (_, issue, problem) => {
  expect(await look(await serve(await good.issue(issue)))).toMatchObject({ protocol: 'TLSv1.3', problem });
});

test('one of an authority that nobody knows is told', async () => {
  const { problem } = await look(await serve(await unknown.issue()));
  expect(problem).toMatch(/^UNABLE_TO_/);
});

test('old versions are spoken where a server speaks them, and refused where it does not', async () => {
  const identity = await good.issue();
  const lenient = await serve({ ...identity, minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' });
  const strict = await serve({ ...identity, minVersion: 'TLSv1.2' });
  expect((await look(lenient, 'TLSv1.1')).protocol).toBe('TLSv1.1');
  expect(await look(strict, 'TLSv1.1')).toMatchObject({
    protocol: null,
    refusal: expect.stringMatching(/ALERT|RESET/),
  });
});

test('nobody there, and somebody who speaks no TLS, are answers; no answer at all is unknown', async () => {
  const port = await listening(createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
  expect((await look(port)).refusal).toMatch(/^ERR_SSL_|ECONNRESET/);
  expect((await look(1)).refusal).toBe('ECONNREFUSED');
  const dumb = await listening(createTcpServer((socket) => socket.on('error', () => {})));
  const error: unknown = await look(dumb).catch((e) => e);
  expect(explainer(false)(error, 'x').sentence).toContain('時間内に終わらなかった');
});
