import cors from 'cors';
import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import { Accounts } from './accounts.ts';
import { AuthError } from './auth-error.ts';
import type { Store } from './store.ts';
import { publicKey } from './tokens.ts';

/** The date from which on Supabase's API puts its error code into `code`. */
const API_VERSION = '2024-01-01';

/**
 * Supabase Auth's protocol under /auth/v1, as far as supabase-js uses it for e-mail and password: everything else
 * answers 404 as a project does where it is switched off.
 */
export function createSignInApp(store: Store): Express {
  const accounts = new Accounts(store);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(
    cors({
      // A page on any port of this machine may sign in; no cookies are involved.
      origin: true,
      methods: ['GET', 'POST', 'PUT'],
      allowedHeaders: ['authorization', 'apikey', 'content-type', 'x-client-info', 'x-supabase-api-version'],
      exposedHeaders: ['x-supabase-api-version'],
      maxAge: 600,
    }),
    express.json({ limit: '64kb' }),
  );

  const auth = express.Router();
  const body = (request: Request) => (request.body ?? {}) as Record<string, unknown>;
  auth.post('/signup', async (request, response) => void response.json(await accounts.signUp(body(request))));
  auth.post('/token', async (request, response) => {
    switch (request.query.grant_type) {
      case 'password':
        return void response.json(await accounts.signIn(body(request)));
      case 'refresh_token':
        return void response.json(await accounts.refresh(body(request)));
      default:
        throw new AuthError(400, 'unsupported_grant_type', 'unsupported_grant_type');
    }
  });
  auth
    .route('/user')
    .get(async ({ headers }, response) => void response.json(await accounts.user(headers.authorization)))
    .put(async (request, response) => {
      response.json(await accounts.change(request.headers.authorization, body(request)));
    });
  auth.post('/logout', async (request, response) => {
    const { scope = 'global' } = request.query;
    await accounts.signOut(request.headers.authorization, typeof scope === 'string' ? scope : '');
    response.status(204).end();
  });
  auth.get('/authorize', () => {
    throw new AuthError(400, 'validation_failed', 'Unsupported provider: provider is not enabled');
  });
  auth.get('/.well-known/jwks.json', (_, response) => void response.json({ keys: [publicKey(store.state.key)] }));
  auth.get('/settings', (_, response) => {
    response.json({
      external: { email: true },
      disable_signup: false,
      mailer_autoconfirm: true,
      phone_autoconfirm: false,
    });
  });
  auth.get('/health', (_, response) => {
    response.json({ name: 'GoTrue', description: '手元の練習用サインイン', issuer: store.state.issuer });
  });
  app.use('/auth/v1', auth);
  app.use(() => {
    throw new AuthError(404, 'not_found', 'Not Found');
  });
  app.use(answerErrors);
  return app;
}

const answerErrors: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  const known = asAuthError(error);
  response.status(known.status);
  if (request.headers['x-supabase-api-version'] === API_VERSION) {
    response.setHeader('X-Supabase-Api-Version', API_VERSION);
    response.json({ code: known.code, message: known.message, ...known.details });
  } else {
    response.json({ code: known.status, error_code: known.code, msg: known.message, ...known.details });
  }
};

function asAuthError(error: unknown): AuthError {
  if (error instanceof AuthError) return error;
  if (error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500) {
    return new AuthError(error.status, 'bad_json', 'Could not read the request body');
  }
  console.error(error);
  return new AuthError(500, 'unexpected_failure', 'Internal Server Error');
}
