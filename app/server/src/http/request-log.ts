import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from '../log.ts';

declare global {
  namespace Express {
    interface Request {
      /** Sent back as X-Request-Id, and in every log line of the request. */
      id: string;
      log: Logger;
    }
  }
}

/** Ids that others give us go into logs and headers, so only plain ones are taken. */
const PLAIN_ID = /^[\w=;.-]{1,128}$/;

/**
 * Gives each request an id (the caller's, else the load balancer's trace id, else a new one) and logs it in one line
 * when it is answered or given up: never headers, query strings or bodies, which may hold tokens and drafts.
 */
export function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const given = request.headers['x-request-id'] ?? request.headers['x-amzn-trace-id'];
    request.id = typeof given === 'string' && PLAIN_ID.test(given) ? given : randomUUID();
    request.log = log.child({ requestId: request.id });
    response.setHeader('X-Request-Id', request.id);
    response.once('close', () => {
      const line = {
        requestId: request.id,
        method: request.method,
        path: request.originalUrl.split('?', 1)[0],
        status: response.statusCode,
        ms: Math.round((performance.now() - startedAt) * 10) / 10,
        ...request.graphql?.logged,
      };
      if (!response.writableFinished) log.warn(line, 'given up by the client');
      else if (response.statusCode >= 500) log.error(line, 'answered');
      else log.info(line, 'answered');
    });
    next();
  };
}
