import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import getPort, { portNumbers } from 'get-port';
import type { Identity } from './authority.ts';

/** Where a listener answers on this machine. */
export interface LocalListener {
  /** e.g. `https://localhost:8443` */
  url: string;
  /** The same without TLS, for people whose browser doesn't know the rehearsal's authority; null for a plain listener. */
  plainUrl: string | null;
  close: () => void;
}

/**
 * A load balancer keeps an idle connection for 60 s. Node's own 5 s would close many at the moment at which a visitor on a
 * busy machine sends into them.
 */
const idle = { keepAliveTimeout: 60_000 };

/**
 * Opens a listener of a load balancer on this machine: 80 on 8080, 443 on 8443, each or on the next free port.
 *
 * @param identity null for plain HTTP
 */
export async function openListener(
  port: number,
  identity: Identity | null,
  answer: RequestListener,
): Promise<LocalListener> {
  const plain = createServer(idle, answer);
  if (identity === null) {
    const url = `http://localhost:${await bind(plain, preferredPort(port))}`;
    return { url, plainUrl: null, close: () => end(plain) };
  }
  const secure = createSecureServer({ ...idle, ...identity }, answer);
  const url = `https://localhost:${await bind(secure, preferredPort(port))}`;
  const plainUrl = `http://localhost:${await bind(plain, 8081)}`;
  return {
    url,
    plainUrl,
    close: () => {
      end(plain);
      end(secure);
    },
  };
}

function end(server: Pick<Server, 'close' | 'closeAllConnections'>): void {
  server.close();
  server.closeAllConnections();
}

/** Listens on this port or the next free one; tells which. */
async function bind(server: Pick<Server, 'listen' | 'once'>, preferred: number): Promise<number> {
  const port = await getPort({ port: portNumbers(preferred, preferred + 99), host: '127.0.0.1' });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return port;
}

/** 80 → 8080, 443 → 8443, 3000 → 8000. */
const preferredPort = (port: number) => (port === 80 ? 8080 : 8000 + (port % 1000));
