import type { RequestHandler } from 'express';
import { refuse } from '../http/refuse.ts';
import { type Claims, InvalidToken, KeysUnavailable } from './verifier.ts';

declare global {
  namespace Express {
    interface Request {
      /** Set by the authentication: null for a visitor who sent no token. */
      claims?: Claims | null;
    }
  }
}

/**
 * Reads `Authorization: Bearer …`. Without the header the request is a visitor's; with one that is not valid it is
 * refused with 401, never served as a visitor's.
 */
export function authenticate(verify: (token: string) => Promise<Claims>): RequestHandler {
  return async (request, response, next) => {
    const header = request.headers.authorization;
    if (header === undefined) {
      request.claims = null;
      return next();
    }
    try {
      const token = /^Bearer ([\w.~+/=-]+)$/i.exec(header)?.[1];
      if (token === undefined) throw new InvalidToken('not a bearer token');
      request.claims = await verify(token);
    } catch (error) {
      if (error instanceof InvalidToken) {
        request.log.info({ reason: error.message }, 'refused a token');
        response.setHeader('WWW-Authenticate', 'Bearer error="invalid_token"');
        return refuse(
          response,
          401,
          'UNAUTHENTICATED',
          'ログインの有効期限が切れたか、無効です。もう一度ログインしてください。',
        );
      }
      if (error instanceof KeysUnavailable) {
        request.log.error({ err: error.cause }, error.message);
        response.setHeader('Retry-After', '5');
        return refuse(
          response,
          503,
          'AUTH_UNAVAILABLE',
          'ただいまログインを確認できません。少し待ってからもう一度お試しください。',
        );
      }
      return next(error);
    }
    return next();
  };
}
