/*
 * Loaded first into every task of the rehearsal: gives the process a network of its own, as a container has one.
 * Ports that the task definition declares are on free ports of this machine, all others reach nobody; the database's
 * name leads to the local PostgreSQL behind its gate; this machine's own services stay out of sight.
 *
 * `REHEARSAL_NETWORK` is JSON: `ports` (declared → real), `hosts` (`name:port` → real port on this machine),
 * `names` (names that exist, whatever the port), `internet` (whether there is a way out), `authority` (PEM to trust).
 */
import { syncBuiltinESMExports } from 'node:module';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';

interface Settings {
  ports: Record<string, number>;
  hosts: Record<string, number>;
  names: string[];
  internet: boolean;
  authority: string;
}

const { ports, hosts, names, internet, authority } = JSON.parse(process.env.REHEARSAL_NETWORK ?? '{}') as Settings;
delete process.env.REHEARSAL_NETWORK;

const loopback = /^(localhost|127(\.\d+){3}|::1|0\.0\.0\.0|::)$/;
const everywhere = new Set(['0.0.0.0', '::']);
/** A port on which nobody listens. */
const nobody = 1;

type Options = { host?: string; port?: number | string; path?: string };
const isCallback = (value: unknown): value is () => void => typeof value === 'function';

const { listen, address } = net.Server.prototype;
const declared = new WeakMap<net.Server, AddressInfo>();

net.Server.prototype.listen = function listenInside(this: net.Server, ...args: unknown[]): net.Server {
  const [first, second] = args;
  const options: Options =
    typeof first === 'object' && first !== null ? { ...first } : { port: first as number, host: second as string };
  const isPort = typeof options.port === 'number' || typeof options.port === 'string';
  if (!isPort) return Reflect.apply(listen, this, args) as net.Server;
  const port = Number(options.port);
  const host = typeof options.host === 'string' ? options.host : '::';
  declared.set(this, { port, address: host, family: host.includes('.') ? 'IPv4' : 'IPv6' });
  // What listens on its own loopback address only, or on a port that isn't declared, is out of reach from outside.
  const isOpen = everywhere.has(host) || !loopback.test(host);
  const real = { port: isOpen ? (ports[port] ?? 0) : 0, host: '127.0.0.1' };
  return Reflect.apply(listen, this, [real, args.find(isCallback)]) as net.Server;
} as typeof listen;

net.Server.prototype.address = function addressInside(this: net.Server) {
  const real = Reflect.apply(address, this, []) as ReturnType<typeof address>;
  return real === null || typeof real === 'string' ? real : (declared.get(this) ?? real);
};

/** Where a connection really goes: a port of this machine, or null for the open internet. */
function route(host: string, port: number): number | null {
  const known = hosts[`${host}:${port}`];
  if (known !== undefined) return known;
  if (loopback.test(host)) return ports[port] ?? nobody;
  return names.includes(host) ? nobody : null;
}

const { connect } = net.Socket.prototype;

net.Socket.prototype.connect = function connectInside(this: net.Socket, ...args: unknown[]): net.Socket {
  // Node passes what it has normalised already as one array.
  const [first, ...rest] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  const options: Options =
    typeof first === 'object' && first !== null ? first : { port: first as number, host: rest[0] as string };
  if (options.path !== undefined || options.port === undefined) {
    return Reflect.apply(connect, this, args) as net.Socket;
  }
  const port = route(options.host ?? 'localhost', Number(options.port));
  if (port !== null) {
    const real = { ...options, host: '127.0.0.1', port, lookup: undefined };
    return Reflect.apply(connect, this, [real, rest.find(isCallback)]) as net.Socket;
  }
  if (internet) return Reflect.apply(connect, this, args) as net.Socket;
  // Without a way out nothing answers and nothing refuses, as in a subnet without NAT.
  const timer = setTimeout(() => {
    const error = new Error(`connect ETIMEDOUT ${options.host}:${options.port}`);
    this.destroy(Object.assign(error, { code: 'ETIMEDOUT' }));
  }, 5000);
  this.once('close', () => clearTimeout(timer));
  return this;
} as typeof connect;

// The database's certificate is signed by the rehearsal's own authority, where Amazon's would sign it.
const { createSecureContext } = tls;
tls.createSecureContext = (options = {}) =>
  createSecureContext({ ...options, ca: [...[options.ca ?? [...tls.rootCertificates]].flat(), authority] });
syncBuiltinESMExports();

// The task ends with the rehearsal, however that ends.
const end = () => process.exit(137);
process.stdin.on('end', end).on('error', end).resume();
process.stdin.unref();
