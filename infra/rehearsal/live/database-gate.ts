import { connect, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Identity } from './authority.ts';

/** https://www.postgresql.org/docs/current/protocol-message-formats.html: SSLRequest and GSSENCRequest. */
const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;

/**
 * Stands before a PostgreSQL as Aurora's own endpoint does: it speaks TLS with a certificate for the endpoint's name, and
 * where TLS is forced (`rds.force_ssl`) refuses who comes without, in RDS's words.
 */
export class DatabaseGate {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Whether `rds.force_ssl` is on. */
  forcesTls: boolean;
  port = 0;

  constructor(identity: Identity, target: number, forcesTls: boolean) {
    this.forcesTls = forcesTls;
    const context = createSecureContext(identity);
    this.#server = createServer((client) => {
      this.#sockets.add(client);
      client.once('close', () => this.#sockets.delete(client)).on('error', () => client.destroy());
      const greet = () =>
        client.once('readable', () => {
          const head = client.read(8) as Buffer | null;
          if (head === null || head.length < 8) return client.destroy();
          const code = head.readUInt32BE(4);
          if (code === GSS_REQUEST) {
            client.write('N');
            return greet();
          }
          if (code === SSL_REQUEST) {
            client.write('S');
            return pass(new TLSSocket(client, { isServer: true, secureContext: context }), target);
          }
          if (this.forcesTls) return client.end(refusal());
          client.unshift(head);
          return pass(client, target);
        });
      greet();
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

function pass(client: Socket, port: number): void {
  const server = connect({ port, host: '127.0.0.1' });
  client.on('error', () => server.destroy()).once('close', () => server.destroy());
  server.on('error', () => client.destroy()).once('close', () => client.destroy());
  client.pipe(server).pipe(client);
}

/** ErrorResponse: FATAL, 28000 invalid_authorization_specification. */
function refusal(): Buffer {
  const fields = `SFATAL\0VFATAL\0C28000\0Mno pg_hba.conf entry for host, no encryption\0\0`;
  const body = Buffer.from(fields);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
