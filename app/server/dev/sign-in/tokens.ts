import { randomBytes } from 'node:crypto';
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose';
import { AuthError } from './auth-error.ts';
import type { Session, User } from './store.ts';

/** Supabase's default life of an access token, in seconds. */
export const ACCESS_TOKEN_SECONDS = 3_600;

/** A new private ES256 key, as Supabase's projects have. */
export async function newSigningKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, alg: 'ES256', use: 'sig', kid: await calculateJwkThumbprint(jwk) };
}

/** The half of the key that everyone may know. */
export function publicKey({ kty, crv, x, y, alg, use, kid }: JWK): JWK {
  return { kty, crv, x, y, alg, use, kid, key_ops: ['verify'] } as JWK;
}

export function newRefreshToken(): string {
  return randomBytes(12).toString('base64url');
}

/** An access token with the claims that Supabase puts in. */
export async function signAccessToken(key: JWK, issuer: string, user: User, session: Session): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    email: user.email,
    phone: '',
    app_metadata: { provider: 'email', providers: ['email'] },
    user_metadata: user.metadata,
    role: 'authenticated',
    aal: 'aal1',
    amr: [{ method: 'password', timestamp: Math.floor(Date.parse(session.createdAt) / 1_000) }],
    session_id: session.id,
    is_anonymous: false,
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: key.kid as string, typ: 'JWT' })
    .setIssuer(issuer)
    .setSubject(user.id)
    .setAudience('authenticated')
    .setIssuedAt(now)
    .setExpirationTime(now + ACCESS_TOKEN_SECONDS)
    .sign(await importJWK(key, 'ES256'));
}

/**
 * The session and user that a request's access token names.
 * @throws AuthError as Supabase Auth answers a missing or bad token.
 */
export async function readAccessToken(key: JWK, issuer: string, authorization: string | undefined) {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  if (!token) throw new AuthError(401, 'no_authorization', 'This endpoint requires a Bearer token');
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: [publicKey(key)] }), {
      issuer,
      audience: 'authenticated',
      algorithms: ['ES256'],
    });
    return { userId: String(payload.sub), sessionId: String(payload.session_id) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AuthError(403, 'bad_jwt', `invalid JWT: unable to parse or verify signature, ${reason}`);
  }
}
