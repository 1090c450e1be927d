import type { RequestHandler } from 'express';

/**
 * What an API that sends only JSON needs of OWASP's REST security cheat sheet: browsers neither guess the type, nor
 * show it in a frame, nor run anything in it, and come back by HTTPS only.
 */
const HEADERS = new Map([
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
  ['Referrer-Policy', 'no-referrer'],
  ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'],
  // What is answered may depend on who asks.
  ['Cache-Control', 'no-store'],
]);

export const securityHeaders: RequestHandler = (_, response, next) => {
  response.setHeaders(HEADERS);
  next();
};
