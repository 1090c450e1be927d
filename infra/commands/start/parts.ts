import { join } from 'node:path';
import type { Ports } from './ports.ts';
import type { Part } from './supervisor.ts';

/** Who the local sign-in says it is, whatever its port is today: a session outlives a change of port. */
const ISSUER = 'http://localhost:54321/auth/v1';

/** Addresses of all that `npm start` runs. */
export interface Addresses {
  workbook: string;
  page: string;
  api: string;
  signIn: string;
  rehearsal: string;
  /** With its password: for the parts, not for the screen. */
  database: string;
}

/** Where each part will answer. `localhost` for what a person opens, 127.0.0.1 between the parts. */
export function addresses(ports: Ports, databaseUrl: string | undefined): Addresses {
  return {
    workbook: `http://localhost:${ports.workbook}`,
    page: `http://localhost:${ports.page}`,
    api: `http://localhost:${ports.api}`,
    signIn: `http://localhost:${ports.signIn}`,
    rehearsal: `http://127.0.0.1:${ports.rehearsal}`,
    database: databaseUrl ?? `postgresql://bloguser:blogpassword@127.0.0.1:${ports.database}/blogdb`,
  };
}

/**
 * All parts, with what each needs.
 *
 * @param root the repository
 * @param environment what every part inherits
 * @param databaseUrl the learner's own database; the embedded one where undefined
 */
export function parts(
  root: string,
  ports: Ports,
  environment: NodeJS.ProcessEnv,
  databaseUrl: string | undefined,
): Part[] {
  const at = addresses(ports, databaseUrl);
  const server = join(root, 'app', 'server');
  const frontend = join(root, 'app', 'frontend');
  const node = process.execPath;
  const inherited = Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const env = (own: Record<string, string>) => ({ ...inherited, ...own });
  const generated: Part = {
    name: 'コードの生成',
    command: [node, 'infra/commands/generate.ts', 'app'],
    cwd: root,
    env: env({}),
    needs: [],
    ready: 'ended',
    patience: 300_000,
  };
  const database: Part = {
    name: 'PostgreSQL',
    command: [node, 'dev/database.ts'],
    cwd: server,
    env: env({ PGPORT: String(ports.database), PGUSER: 'bloguser', PGPASSWORD: 'blogpassword', PGDATABASE: 'blogdb' }),
    needs: [],
    ready: { line: /^postgresql:\/\//m },
    patience: 120_000,
  };
  return [
    generated,
    ...(databaseUrl === undefined ? [database] : []),
    {
      name: 'データベースの表',
      command: [node, 'prisma/migrate.ts'],
      cwd: server,
      env: env({ DATABASE_URL: at.database }),
      needs: databaseUrl === undefined ? ['PostgreSQL'] : [],
      ready: 'ended',
      patience: 120_000,
    },
    {
      // Fills an empty database only.
      name: '見本の記事',
      command: [node, 'prisma/seed.ts'],
      cwd: server,
      env: env({ DATABASE_URL: at.database }),
      needs: ['データベースの表', generated.name],
      ready: 'ended',
      patience: 120_000,
    },
    {
      name: 'サインイン',
      command: [node, 'dev/sign-in/main.ts'],
      cwd: server,
      env: env({ PORT: String(ports.signIn), SUPABASE_JWT_ISSUER: ISSUER }),
      needs: [],
      ready: { url: `http://127.0.0.1:${ports.signIn}/auth/v1/.well-known/jwks.json` },
      patience: 60_000,
    },
    {
      name: 'ブログの API',
      command: [node, 'src/main.ts'],
      cwd: server,
      env: env({
        PORT: String(ports.api),
        DATABASE_URL: at.database,
        CORS_ORIGIN: `http://localhost:${ports.page},http://127.0.0.1:${ports.page}`,
        SUPABASE_URL: at.signIn,
        SUPABASE_JWT_ISSUER: ISSUER,
        NODE_ENV: 'development',
      }),
      needs: ['見本の記事', 'サインイン', generated.name],
      ready: { url: `http://127.0.0.1:${ports.api}/health` },
      patience: 60_000,
    },
    {
      name: 'ブログのページ',
      command: [
        node,
        'node_modules/vite/bin/vite.js',
        '--host',
        '127.0.0.1',
        '--port',
        String(ports.page),
        '--strictPort',
      ],
      cwd: frontend,
      env: env({
        VITE_GRAPHQL_ENDPOINT: `${at.api}/graphql`,
        VITE_SUPABASE_URL: at.signIn,
        VITE_SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_local',
      }),
      needs: [generated.name],
      ready: { url: `http://127.0.0.1:${ports.page}/` },
      patience: 60_000,
    },
    {
      name: 'リハーサル用 AWS',
      command: [node, 'rehearsal/main.ts'],
      cwd: join(root, 'infra'),
      env: env({ PORT: String(ports.rehearsal), SIGN_IN_PORT: String(ports.signIn) }),
      needs: [],
      ready: { url: `${at.rehearsal}/_rehearsal/health` },
      // The emulator may have to be fetched first.
      patience: 900_000,
    },
    {
      name: 'ワークブック',
      command: [
        node,
        'node_modules/vitepress/bin/vitepress.js',
        'dev',
        '--host',
        '127.0.0.1',
        '--port',
        String(ports.workbook),
        '--strictPort',
      ],
      cwd: join(root, 'docs'),
      env: env({}),
      needs: [],
      ready: { url: `http://127.0.0.1:${ports.workbook}/` },
      patience: 60_000,
    },
  ];
}
