import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import cors from 'cors';
import express, { type Application, type ErrorRequestHandler, type RequestHandler } from 'express';
import { authenticate } from '../auth/middleware.ts';
import type { Claims } from '../auth/verifier.ts';
import type { Database } from '../database/client.ts';
import { Context } from '../graphql/context.ts';
import { UNEXPECTED_MESSAGE } from '../graphql/errors.ts';
import type { Logger } from '../log.ts';
import { health, type Lifecycle, ready } from './health.ts';
import { refuse } from './refuse.ts';
import { logRequests } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';

export interface AppParts {
  apollo: ApolloServer<Context>;
  database: Database;
  log: Logger;
  lifecycle: Lifecycle;
  verify: (token: string) => Promise<Claims>;
  corsOrigins: string[];
  migrations: readonly string[];
}

/** A longest article is 50,000 characters: 150 KB in UTF-8, up to twice that as escaped JSON. */
const BODY_LIMIT = '512kb';

/** Mounts everything that HTTP reaches on an Express application. The Apollo server must have been started. */
export function mountApp(app: Application, parts: AppParts): void {
  const { apollo, database, log, lifecycle } = parts;
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(leaveWhenDraining(lifecycle));
  app.get('/health', health(lifecycle));
  app.use(logRequests(log));
  app.use(securityHeaders);
  app.get('/ready', ready(database, parts.migrations));
  app.use(
    '/graphql',
    cors({
      origin: parts.corsOrigins,
      credentials: true,
      methods: ['GET', 'POST'],
      allowedHeaders: ['authorization', 'content-type', 'apollo-require-preflight', 'x-request-id'],
      exposedHeaders: ['x-request-id', 'retry-after'],
      maxAge: 600,
    }),
    authenticate(parts.verify),
    express.json({ limit: BODY_LIMIT, type: ['application/json', 'application/graphql-response+json'] }),
    requireJson,
    expressMiddleware(apollo, {
      context: async ({ req }) =>
        (req.graphql = new Context({ database, log: req.log, requestId: req.id, claims: req.claims ?? null })),
    }),
  );
  app.use((_, response) =>
    refuse(response, 404, 'NOT_FOUND', 'このアドレスには何もありません。GraphQL は /graphql にあります。'),
  );
  app.use(answerErrors);
}

declare global {
  namespace Express {
    interface Request {
      /** Made once the request reaches GraphQL. */
      graphql?: Context;
    }
  }
}

function leaveWhenDraining(lifecycle: Lifecycle): RequestHandler {
  return (_, response, next) => {
    if (lifecycle.draining) response.setHeader('Connection', 'close');
    next();
  };
}

/** Anything but JSON would reach Apollo as a missing body, which it takes for a fault of ours. */
const requireJson: RequestHandler = (request, response, next) => {
  if (request.body === undefined && request.method === 'POST') {
    return refuse(response, 415, 'UNSUPPORTED_MEDIA_TYPE', 'Content-Type は application/json にしてください。');
  }
  request.body ??= {};
  if (request.method === 'POST' && Object.keys(request.body).length === 0) {
    return refuse(
      response,
      400,
      'BAD_REQUEST',
      '本文に query がありません。{"query": "…"} の形の JSON を送ってください。',
    );
  }
  return next();
};

/** What body-parser and Express throw, and what nobody foresaw. */
const answerErrors: ErrorRequestHandler = (error: { status?: number; type?: string }, request, response, next) => {
  if (response.headersSent) return next(error);
  switch (error.type) {
    case 'entity.parse.failed':
      return refuse(response, 400, 'BAD_REQUEST', '本文を JSON として読めません。');
    case 'entity.too.large':
      return refuse(response, 413, 'PAYLOAD_TOO_LARGE', `本文が大きすぎます（${BODY_LIMIT} まで）。`);
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return refuse(response, 415, 'UNSUPPORTED_MEDIA_TYPE', '本文は UTF-8 の JSON で送ってください。');
    default:
      if (error.status && error.status >= 400 && error.status < 500) {
        return refuse(response, error.status, 'BAD_REQUEST', 'リクエストを読めません。');
      }
      request.log.error({ err: error }, 'unexpected');
      return refuse(response, 500, 'INTERNAL_SERVER_ERROR', UNEXPECTED_MESSAGE);
  }
};
