import { createServer, type Socket } from 'node:net';

/** A way from a task to a database: a port of this machine. */
export interface Way {
  port: number;
  close: () => void;
}

/**
 * Opens a way for one task.
 *
 * @param enter is asked anew for every connection, since groups may change while the task runs: it takes the connection
 *   further, leaves it without an answer, or ends it
 */
export async function openWay(enter: (client: Socket) => Promise<void>): Promise<Way> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.once('close', () => sockets.delete(client)).on('error', () => client.destroy());
    enter(client).catch(() => client.resetAndDestroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
