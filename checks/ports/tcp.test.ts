import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { recordingTape } from './tape.ts';
import { tcpPort } from './tcp.ts';

test('a port that is open, then refused; and a name without an address', async () => {
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  expect(await tcpPort(recordingTape()).connect('127.0.0.1', port)).toBe('open');
  server.close();
  await once(server, 'close');
  expect(await tcpPort(recordingTape()).connect('127.0.0.1', port)).toBe('refused');
});
