import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { stopWithParent } from '../parent.ts';
import { createSignInApp } from './app.ts';
import { Store } from './store.ts';
import { newSigningKey } from './tokens.ts';

/**
 * The sign-in service of the development machine: Supabase Auth's protocol without Supabase.
 *
 * Environment: PORT (54321), HOST (127.0.0.1), SIGN_IN_DATA (.local/sign-in), SUPABASE_JWT_ISSUER (for a new state).
 * The issuer stays what it was when the state was made, whatever the port, so that sessions outlive a change of port.
 */
const root = resolve(import.meta.dirname, '../../../..');
const {
  PORT = '54321',
  HOST = '127.0.0.1',
  SIGN_IN_DATA = join(root, '.local/sign-in'),
  SUPABASE_JWT_ISSUER = 'http://localhost:54321/auth/v1',
} = process.env;

try {
  const store = await Store.open(join(resolve(SIGN_IN_DATA), 'state.json'), async () => ({
    issuer: SUPABASE_JWT_ISSUER,
    key: await newSigningKey(),
    users: [],
    sessions: [],
  }));
  const server = createServer(createSignInApp(store));
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(Number(PORT), HOST, listening);
  });
  stopWithParent(() => server.close(() => process.exit(0)).closeAllConnections());
  console.log(`http://${HOST}:${PORT}/auth/v1 issuer=${store.state.issuer}`);
} catch (error) {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(
    taken
      ? `ポート ${PORT} は別のプログラムが使っています。PORT に空いている番号を指定してください。`
      : error instanceof Error
        ? error.message
        : String(error),
  );
  process.exit(1);
}
