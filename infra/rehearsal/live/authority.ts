// @peculiar/x509 needs it before it is loaded.
import 'reflect-metadata';
import type { webcrypto } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const year = 365 * 24 * 3600 * 1000;

/** A certificate and its key, as TLS takes them. */
export interface Identity {
  cert: string;
  key: string;
}

/**
 * The rehearsal's own certificate authority. It stands where Amazon's do: it signs for the database and the load
 * balancer. Nobody but the rehearsal's tasks and checks trusts it; its key stays in the ignored folder.
 */
export class Authority {
  /** PEM. */
  readonly certificate: string;
  readonly #issuer: X509Certificate;
  readonly #key: webcrypto.CryptoKey;
  readonly #issued = new Map<string, Promise<Identity>>();

  private constructor(certificate: string, key: webcrypto.CryptoKey) {
    this.certificate = certificate;
    this.#issuer = new X509Certificate(certificate);
    this.#key = key;
  }

  /** The one kept in a folder (`ca.pem`), or a new one. */
  static async open(folder: string): Promise<Authority> {
    cryptoProvider.set(globalThis.crypto);
    const [certificateFile, keyFile] = [join(folder, 'ca.pem'), join(folder, 'ca.key')];
    try {
      const [certificate, key] = await Promise.all([readFile(certificateFile, 'utf8'), readFile(keyFile)]);
      if (new X509Certificate(certificate).notAfter.getTime() > Date.now() + year / 12) {
        return new Authority(certificate, await crypto.subtle.importKey('pkcs8', key, algorithm, false, ['sign']));
      }
    } catch {
      // None yet, or one that can't be read: a new one does no harm.
    }
    const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const certificate = await X509CertificateGenerator.createSelfSigned({
      name: 'CN=blog-aws-practice rehearsal',
      keys,
      signingAlgorithm: algorithm,
      notBefore: new Date(Date.now() - 24 * 3600 * 1000),
      notAfter: new Date(Date.now() + 5 * year),
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      ],
    });
    await mkdir(folder, { recursive: true });
    await writeFile(keyFile, Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)), { mode: 0o600 });
    await chmod(keyFile, 0o600);
    await writeFile(certificateFile, certificate.toString('pem'));
    return new Authority(certificate.toString('pem'), keys.privateKey);
  }

  /** A certificate for these host names, made once. */
  identity(hosts: readonly string[]): Promise<Identity> {
    const name = hosts.join(',');
    const known = this.#issued.get(name);
    if (known) return known;
    const issued = this.#issue(hosts);
    this.#issued.set(name, issued);
    return issued;
  }

  async #issue(hosts: readonly string[]): Promise<Identity> {
    const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const certificate = await X509CertificateGenerator.create({
      subject: 'CN=rehearsal',
      issuer: this.#issuer.subject,
      publicKey: keys.publicKey,
      signingKey: this.#key,
      signingAlgorithm: algorithm,
      notBefore: new Date(Date.now() - 24 * 3600 * 1000),
      notAfter: new Date(Date.now() + year),
      extensions: [new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns', value })))],
    });
    const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
    return {
      cert: certificate.toString('pem'),
      key: `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/(.{64})/g, '$1\n').trim()}\n-----END PRIVATE KEY-----\n`,
    };
  }
}
