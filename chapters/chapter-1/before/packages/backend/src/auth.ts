import { GraphQLError } from 'graphql';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { PrismaClient } from './generated/prisma/client.ts';
import type { UserModel } from './generated/prisma/models.ts';

const keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>();

/**
 * The user a request's Supabase JWT stands for, created on the first sign-in; null without a token.
 * Throws UNAUTHENTICATED for a token that Supabase did not sign for this project.
 */
export async function authenticate(
  request: Request,
  supabaseUrl: string,
  prisma: PrismaClient,
): Promise<UserModel | null> {
  const token = request.headers.get('authorization')?.replace(/^Bearer /i, '');
  if (!token) return null;
  const issuer = `${supabaseUrl}/auth/v1`;
  const keySet = keySets.get(issuer) ?? createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
  keySets.set(issuer, keySet);
  const { payload } = await jwtVerify(token, keySet, {
    algorithms: ['ES256', 'RS256'],
    issuer,
    audience: 'authenticated',
  }).catch(() => {
    throw unauthenticated();
  });
  const { sub, email } = payload;
  if (!sub || typeof email !== 'string') throw unauthenticated();
  return prisma.user.upsert({ where: { sub }, create: { sub, email }, update: {} });
}

/** The error of a caller who must sign in (again). */
export function unauthenticated(): GraphQLError {
  return new GraphQLError('ログインし直してください。', {
    extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
  });
}
