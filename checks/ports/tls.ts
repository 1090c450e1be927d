import { isIP } from 'node:net';
import { connect, type PeerCertificate, type SecureVersion, type TLSSocket } from 'node:tls';
import type { Tape } from './tape.ts';

/** A certificate as its server shows it. */
export interface ShownCertificate {
  /** Host names and addresses that it is good for. */
  hosts: string[];
  issuer: string;
  /** ISO dates. */
  from: string;
  until: string;
}

/** What came of a TLS handshake. */
export interface Handshake {
  /** E.g. `TLSv1.3`; null where no connection came about. */
  protocol: string | null;
  /** The code of the error that ended it, e.g. `ECONNREFUSED` or `ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION`. */
  refusal: string | null;
  /** Why a browser would not trust the certificate, e.g. `CERT_HAS_EXPIRED` or `ERR_TLS_CERT_ALTNAME_INVALID`. */
  problem: string | null;
  certificate: ShownCertificate | null;
}

/** TLS as a visitor's browser speaks it; the certificate is told even where a browser would refuse it. */
export interface Tls {
  /** @param newest the newest version that is offered, and with it all older ones; without it what browsers offer */
  handshake: (host: string, port: number, newest?: SecureVersion) => Promise<Handshake>;
}

const TIME_OUT = 5_000;

/** Answers that the server itself gives; anything else (no network, no time) means that we could not look. */
const REFUSALS =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|ERR_SSL_(?!NO_PROTOCOLS_AVAILABLE|NO_CIPHERS_AVAILABLE).+|EPROTO)$/;

/** The port to TLS servers; five seconds a handshake. */
export function tlsPort(tape: Tape): Tls {
  return {
    handshake: (host, port, newest) =>
      tape.play({ port: 'tls', action: 'handshake', input: { host, port, newest } }, () => shake(host, port, newest)),
  };
}

function shake(host: string, port: number, newest: SecureVersion | undefined): Promise<Handshake> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      // A name in the handshake must not be an address: https://www.rfc-editor.org/rfc/rfc6066#section-3
      ...(isIP(host) ? {} : { servername: host }),
      timeout: TIME_OUT,
      rejectUnauthorized: false,
      // OpenSSL itself refuses the old versions unless it is told to be lenient.
      ...(newest ? { minVersion: 'TLSv1', maxVersion: newest, ciphers: 'DEFAULT:@SECLEVEL=0' } : {}),
    });
    socket.once('secureConnect', () => {
      const handshake = told(socket);
      socket.destroy();
      resolve(handshake);
    });
    socket.once('timeout', () => {
      socket.destroy();
      reject(Object.assign(new Error(`${host}:${port} did not answer`), { name: 'TimeoutError' }));
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const { code = '' } = error;
      if (REFUSALS.test(code)) resolve({ protocol: null, refusal: code, problem: null, certificate: null });
      else reject(error);
    });
  });
}

function told(socket: TLSSocket): Handshake {
  const { authorizationError: problem } = socket;
  const peer = socket.getPeerCertificate();
  return {
    protocol: socket.getProtocol(),
    refusal: null,
    // Node's types say Error; it is the code of OpenSSL, or of Node's own look at the names.
    problem: problem ? codeOf(problem) : null,
    certificate: 'valid_to' in peer ? shown(peer) : null,
  };
}

function codeOf(problem: Error | string): string {
  if (typeof problem === 'string') return problem;
  return 'code' in problem && typeof problem.code === 'string' ? problem.code : problem.message;
}

function shown({ subjectaltname = '', subject, issuer, valid_from, valid_to }: PeerCertificate): ShownCertificate {
  const names = subjectaltname.split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
  const { CN } = subject;
  return {
    hosts: subjectaltname === '' ? [CN].flat().filter((name) => name !== undefined) : names,
    issuer: [issuer.O ?? issuer.CN].flat().join(' '),
    from: new Date(valid_from).toISOString(),
    until: new Date(valid_to).toISOString(),
  };
}
