import { connect, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Identity } from './authority.ts';

/** https://www.postgresql.org/docs/current/protocol-message-formats.html: SSLRequest and GSSENCRequest. */
const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;

/**
 * Receives a connection to a PostgreSQL as Aurora's own endpoint does: it speaks TLS with a certificate for the
 * endpoint's name, and where TLS is forced (`rds.force_ssl`) refuses who comes without, in RDS's words.
 *
 * @param port of this machine, where PostgreSQL answers
 */
export function receive(client: Socket, { identity, forcesTls, port }: Gate): void {
  client.once('readable', () => {
    const head = client.read(8) as Buffer | null;
    if (head === null || head.length < 8) {
      client.destroy();
      return;
    }
    const code = head.readUInt32BE(4);
    if (code === GSS_REQUEST) {
      client.write('N');
      receive(client, { identity, forcesTls, port });
    } else if (code === SSL_REQUEST) {
      client.write('S');
      pass(new TLSSocket(client, { isServer: true, secureContext: createSecureContext(identity) }), port);
    } else if (forcesTls) client.end(refusal());
    else {
      client.unshift(head);
      pass(client, port);
    }
  });
}

export interface Gate {
  identity: Identity;
  /** Whether `rds.force_ssl` is on. */
  forcesTls: boolean;
  port: number;
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
