import { connect } from 'node:net';
import type { Tape } from './tape.ts';

/**
 * What came of knocking: somebody answers, the machine says no, nothing comes back (as where a security group drops it),
 * or the name has no address.
 */
export type Reached = 'open' | 'refused' | 'silent' | 'unknown-host';

/** TCP as a stranger meets it: a connection is opened and closed again, and nothing is sent. */
export interface Tcp {
  connect: (host: string, port: number) => Promise<Reached>;
}

const TIME_OUT = 3_000;

/** The port to TCP ports; three seconds each. */
export function tcpPort(tape: Tape): Tcp {
  return {
    connect: (host, port) =>
      tape.play(
        { port: 'tcp', action: 'connect', input: { host, port } },
        () =>
          new Promise<Reached>((resolve, reject) => {
            const socket = connect({ host, port, timeout: TIME_OUT });
            const end = (reached: Reached) => {
              socket.destroy();
              resolve(reached);
            };
            socket.once('connect', () => end('open'));
            socket.once('timeout', () => end('silent'));
            socket.once('error', (error: NodeJS.ErrnoException) => {
              if (error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET') end('refused');
              else if (error.code === 'ENOTFOUND') end('unknown-host');
              // On the way somebody says that there is no way there: as good as silence.
              else if (/^(EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/.test(error.code ?? '')) end('silent');
              else reject(error);
            });
          }),
      ),
  };
}
