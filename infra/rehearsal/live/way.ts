import { connect, createServer, type Socket } from 'node:net';

/** Where a connection goes at the moment it is made: a port of this machine, into the void, or against a closed door. */
export type Decision = number | 'blocked' | 'down';

/** A way from a task to a database, decided anew for every connection: groups may change while the task runs. */
export interface Way {
  port: number;
  close: () => void;
}

export async function openWay(decide: () => Decision): Promise<Way> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.once('close', () => sockets.delete(client)).on('error', () => client.destroy());
    const decision = decide();
    // A security group answers nothing: the other side waits for its time-out.
    if (decision === 'blocked') return;
    if (decision === 'down') {
      client.resetAndDestroy();
      return;
    }
    const target = connect({ port: decision, host: '127.0.0.1' });
    target.on('error', () => client.destroy()).once('close', () => client.destroy());
    client.once('close', () => target.destroy());
    client.pipe(target).pipe(client);
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
