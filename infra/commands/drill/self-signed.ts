// @peculiar/x509 needs it before it is loaded.
import 'reflect-metadata';
import type { ImportCertificateCommandInput } from '@aws-sdk/client-acm';
import { cryptoProvider, PemConverter, X509CertificateGenerator } from '@peculiar/x509';

/**
 * A certificate that nobody has signed for, as ACM imports it. ACM refuses one that has run out already:
 * https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html
 * @param seconds for which it is good
 */
export async function selfSigned(seconds: number): Promise<ImportCertificateCommandInput> {
  cryptoProvider.set(globalThis.crypto);
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: 2048,
  };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=drill.example.com',
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - 24 * 3_600_000),
    notAfter: new Date(Date.now() + seconds * 1000),
  });
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    Certificate: Buffer.from(certificate.toString('pem')),
    PrivateKey: Buffer.from(PemConverter.encode(key, 'PRIVATE KEY')),
  };
}
