import type { AppPackage } from '../find/app-packages.ts';
import type { ServerTried } from '../ports/app.ts';

const list = { status: 200, body: '{"data":{"articles":{"nodes":[]}}}' };
const refusal = { status: 401, body: '{"errors":[{"extensions":{"code":"UNAUTHENTICATED"}}]}' };

/** A trial of a server that does everything right. */
export const TRIED: ServerTried = {
  command: 'node src/main.ts',
  started: true,
  output: '',
  health: { status: 200, body: '{"status":"healthy"}' },
  ready: { status: 200, body: '{"status":"ready"}' },
  query: list,
  signedIn: list,
  badTokens: { でたらめな文字列: refusal, 期限の切れたもの: refusal },
  healthWithoutDatabase: { status: 200, body: '' },
  readyWithoutDatabase: { status: 503, body: '' },
  exitCode: 0,
  stopMs: 68,
};

/** The package that was tried. */
export const SERVER: AppPackage = {
  file: 'app/server/package.json',
  folder: 'app/server',
  name: '@blog-aws-practice/server',
  line: 2,
};
