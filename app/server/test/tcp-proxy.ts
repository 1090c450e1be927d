import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP connection in between, which a test can cut, hold and mend: a database that goes away and comes back. */
export class TcpProxy {
  readonly #server: Server;
  readonly #target: { host: string; port: number };
  readonly #sockets = new Set<Socket>();
  #mode: 'open' | 'refusing' | 'silent' = 'open';

  private constructor(target: { host: string; port: number }) {
    this.#target = target;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  static async before(url: string): Promise<TcpProxy> {
    const { hostname, port } = new URL(url);
    const proxy = new TcpProxy({ host: hostname, port: Number(port) });
    await new Promise<void>((listening) => {
      proxy.#server.listen(0, '127.0.0.1', listening);
    });
    return proxy;
  }

  /** The same URL through the proxy. */
  through(url: string): string {
    return Object.assign(new URL(url), { port: String((this.#server.address() as AddressInfo).port) }).href;
  }

  /** Ends every connection and every new one: the server process is gone. */
  cut(): void {
    this.#mode = 'refusing';
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Lets every byte vanish: the network is gone. */
  silence(): void {
    this.#mode = 'silent';
    for (const socket of this.#sockets) socket.unpipe().pause();
  }

  mend(): void {
    this.#mode = 'open';
    for (const socket of this.#sockets) socket.destroy();
  }

  stop(): void {
    this.cut();
    this.#server.close();
  }

  #accept(socket: Socket): void {
    this.#keep(socket);
    if (this.#mode === 'refusing') socket.destroy();
    if (this.#mode !== 'open') return;
    const upstream = connect(this.#target);
    this.#keep(upstream);
    socket.pipe(upstream).pipe(socket);
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
  }
}
