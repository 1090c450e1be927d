import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

/** Stands in for the provider: publishes keys over HTTP and signs whatever a test wants signed. */
export class Issuer {
  readonly issuer = 'https://project.supabase.co/auth/v1';
  /** What is published; a test may change it at any time. */
  keys: JWK[] = [];
  /** How the keys are served. */
  mode: 'normal' | 'error' | 'hang' = 'normal';
  fetches = 0;
  kid = '';
  pair!: KeyPair;
  #server!: Server;

  static async start(): Promise<Issuer> {
    const issuer = new Issuer();
    await issuer.rotate();
    issuer.#server = createServer((_, response) => {
      issuer.fetches += 1;
      if (issuer.mode === 'hang') return;
      if (issuer.mode === 'error') response.writeHead(500).end();
      else response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: issuer.keys }));
    });
    await new Promise<void>((listening) => {
      issuer.#server.listen(0, '127.0.0.1', listening);
    });
    return issuer;
  }

  get jwksUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/jwks.json`;
  }

  /** Publishes a new key in place of the old one and signs with it from now on. */
  async rotate(alg: 'ES256' | 'RS256' = 'ES256'): Promise<void> {
    this.pair = await generateKeyPair(alg, { extractable: true });
    const jwk = await exportJWK(this.pair.publicKey);
    this.kid = await calculateJwkThumbprint(jwk);
    this.keys = [{ ...jwk, alg, use: 'sig', kid: this.kid }];
  }

  /** The claims of a good token. */
  claims(sub: string, changes: JWTPayload = {}): JWTPayload {
    const now = Math.floor(Date.now() / 1_000);
    return {
      iss: this.issuer,
      aud: 'authenticated',
      role: 'authenticated',
      sub,
      email: `${sub}@example.com`,
      iat: now,
      exp: now + 3_600,
      ...changes,
    };
  }

  /** A good token, unless `changes` makes it a bad one. */
  token(sub: string, changes: JWTPayload = {}): Promise<string> {
    const alg = this.keys[0]?.alg ?? 'ES256';
    return new SignJWT(this.claims(sub, changes))
      .setProtectedHeader({ alg, kid: this.kid, typ: 'JWT' })
      .sign(this.pair.privateKey);
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
