// @peculiar/x509 needs it before it is loaded.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY = 24 * 60 * 60 * 1000;

/** A certificate and its key, as TLS takes them. */
export interface Identity {
  cert: string;
  key: string;
}

/** What a certificate says; the days count from now, those behind us are negative. */
export interface Issue {
  hosts?: string[];
  fromDays?: number;
  untilDays?: number;
}

/** An authority of a test's own. */
export interface Authority {
  issue: (issue?: Issue) => Promise<Identity>;
}

/** Makes an authority; with `trusted` this process takes its certificates for good ones from now on. */
export async function authority({
  name = 'Test authority',
  trusted,
}: {
  name?: string;
  trusted: boolean;
}): Promise<Authority> {
  cryptoProvider.set(globalThis.crypto);
  const own = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const root = await X509CertificateGenerator.createSelfSigned({
    name: `O=${name}`,
    keys: own,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(Date.now() - 900 * DAY),
    notAfter: new Date(Date.now() + 900 * DAY),
    extensions: [new BasicConstraintsExtension(true, 1, true)],
  });
  if (trusted) setDefaultCACertificates([...getCACertificates('default'), root.toString('pem')]);
  return {
    issue: async ({ hosts = ['localhost'], fromDays = -1, untilDays = 90 } = {}) => {
      const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
      const certificate = await X509CertificateGenerator.create({
        subject: `CN=${hosts[0]}`,
        issuer: root.subject,
        publicKey: keys.publicKey,
        signingKey: own.privateKey,
        signingAlgorithm: ALGORITHM,
        notBefore: new Date(Date.now() + fromDays * DAY),
        notAfter: new Date(Date.now() + untilDays * DAY),
        extensions: [new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns' as const, value })))],
      });
      const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
      return {
        cert: certificate.toString('pem'),
        key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----`,
      };
    },
  };
}
