import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { TokenCache } from './token-cache.ts';

/** Whom a valid token speaks for. */
export interface Claims {
  /** The user's id at Supabase. */
  sub: string;
  /** Null for accounts without an address (phone, anonymous). */
  email: string | null;
}

/** The token is not one that we accept: expired, forged, for someone else. */
export class InvalidToken extends Error {
  override name = 'InvalidToken';
}

/** The token could not be judged, because the keys could not be fetched. */
export class KeysUnavailable extends Error {
  override name = 'KeysUnavailable';
}

export interface VerifierOptions {
  /** The exact `iss`. */
  issuer: string;
  /** Where the public keys are. */
  jwksUrl: string;
  /** Only projects that still sign with the legacy HS256 secret have one. */
  secret: string | undefined;
  /** How long a key fetch may take. */
  timeoutMs?: number;
}

/** Real tokens have 0.8 to 2 KB; nothing longer is even parsed. */
const LONGEST_TOKEN = 8_192;
/** Clocks differ a little. */
const TOLERANCE_SECONDS = 5;
/** Keys refresh this often; keys that cannot be refreshed are used this much longer. */
const REFRESH_MS = 10 * 60_000;
const STALE_MS = 60 * 60_000;

/**
 * Verifies Supabase's access tokens: signature under an allow-list of algorithms, exact issuer and audience, expiry,
 * `sub`, and the role `authenticated` (https://supabase.com/docs/guides/auth/jwts).
 * The returned function throws InvalidToken or KeysUnavailable.
 */
export function createVerifier(options: VerifierOptions): (token: string) => Promise<Claims> {
  const keys = fetchedKeys(new URL(options.jwksUrl), options.timeoutMs ?? 3_000);
  const secret = options.secret === undefined ? undefined : new TextEncoder().encode(options.secret);
  const accepted = new TokenCache<Claims>(1_000, REFRESH_MS);
  const rules = {
    issuer: options.issuer,
    audience: 'authenticated',
    requiredClaims: ['sub', 'exp', 'iat', 'role'],
    clockTolerance: TOLERANCE_SECONDS,
  };

  return async (token) => {
    const known = accepted.get(token);
    if (known) return known;
    if (token.length > LONGEST_TOKEN) throw new InvalidToken('too long');
    try {
      // Which kind of key applies is ours to decide: a public key is never used as an HS256 secret.
      const legacy = secret !== undefined && decodeProtectedHeader(token).alg === 'HS256';
      const { payload } = legacy
        ? await jwtVerify(token, secret, { ...rules, algorithms: ['HS256'] })
        : await jwtVerify(token, keys, { ...rules, algorithms: ['ES256', 'RS256'] });
      const claims = readClaims(payload);
      accepted.set(token, claims, (payload.exp as number) * 1_000);
      return claims;
    } catch (error) {
      if (error instanceof KeysUnavailable) throw error;
      throw new InvalidToken(error instanceof Error ? error.message : 'unreadable', { cause: error });
    }
  };
}

function readClaims({ sub, aud, role, email, iat }: JWTPayload): Claims {
  const audiences = Array.isArray(aud) ? aud : [aud];
  if (audiences.length !== 1) throw new InvalidToken('several audiences');
  if (role !== 'authenticated') throw new InvalidToken('not the role of a signed-in user');
  if (typeof sub !== 'string' || sub === '') throw new InvalidToken('no subject');
  if ((iat as number) > Date.now() / 1_000 + TOLERANCE_SECONDS) throw new InvalidToken('issued in the future');
  return { sub, email: typeof email === 'string' && email !== '' ? email : null };
}

/**
 * The provider's keys: fetched when first needed, when they are old, and when a token names an unknown key (at most
 * every 30 seconds). While they cannot be fetched, the last ones serve for an hour.
 */
function fetchedKeys(url: URL, timeoutMs: number): JWTVerifyGetKey {
  // Made when the first token comes: it loads Node's fetch, which visitors need not wait for.
  let remote: ReturnType<typeof createRemoteJWKSet> | undefined;
  let last: { find: JWTVerifyGetKey; until: number } | undefined;
  return async (header, token) => {
    remote ??= createRemoteJWKSet(url, {
      timeoutDuration: timeoutMs,
      cacheMaxAge: REFRESH_MS,
      cooldownDuration: 30_000,
    });
    try {
      const key = await remote(header, token);
      const jwks = remote.jwks();
      if (jwks) last = { find: createLocalJWKSet(jwks), until: Date.now() + REFRESH_MS + STALE_MS };
      return key;
    } catch (error) {
      // A fetched set that has no such key is an answer; a fetch that failed is none.
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      if (error instanceof errors.JOSENotSupported) throw error;
      if (last && Date.now() < last.until) return last.find(header, token);
      throw new KeysUnavailable('the keys could not be fetched', { cause: error });
    }
  };
}
