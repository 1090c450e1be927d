import * as z from 'zod';
import { connectionConfig } from './database/connection.ts';
import { databaseUrl } from './database/url.ts';

/** A switch: absent or empty leaves the default. */
const flag = z.enum(['true', 'false'], 'true か false で指定してください').transform((value) => value === 'true');
const url = z.url({ protocol: /^https?$/, error: 'http:// か https:// で始まる URL にしてください' });
const count = (least: number, most: number) =>
  z.coerce
    .number(`${least}〜${most} の数にしてください`)
    .int(`${least}〜${most} の整数にしてください`)
    .min(least, `${least} 以上にしてください`)
    .max(most, `${most} 以下にしてください`);

const shape = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  HOST: z.string().optional(),
  PORT: count(0, 65_535).default(4000),
  DATABASE_URL: z.string('必要です').superRefine((value, context) => {
    try {
      connectionConfig(value);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    }
  }),
  DATABASE_POOL_SIZE: count(1, 50).default(5),
  CORS_ORIGIN: z.string('必要です').transform((value, context) => {
    const origins = value.split(',').map((origin) => origin.trim());
    for (const origin of origins) {
      if (URL.canParse(origin) && new URL(origin).origin === origin) continue;
      const expected = 'https://example.com のように、末尾の / やパスを付けず、カンマ区切りで書いてください';
      context.addIssue({ code: 'custom', message: `「${origin}」はオリジンではありません。${expected}` });
    }
    return origins;
  }),
  SUPABASE_URL: url.transform((value) => value.replace(/\/+$/, '')),
  SUPABASE_JWT_ISSUER: url.optional(),
  SUPABASE_JWKS_URL: url.optional(),
  SUPABASE_JWT_SECRET: z.string().min(32, '32 文字以上にしてください').optional(),
  GRAPHQL_INTROSPECTION: flag.optional(),
  SHUTDOWN_TIMEOUT_MS: count(0, 120_000).default(20_000),
});

/** The settings of the server, read once from the environment. */
export interface Env {
  production: boolean;
  logLevel: z.infer<typeof shape>['LOG_LEVEL'];
  /** Every interface in production (a container), this machine only otherwise. */
  host: string;
  port: number;
  databaseUrl: string;
  /**
   * Connections of one task. The smallest Aurora (1 ACU) takes about 190; four tasks, twice that during a blue/green
   * deployment, stay far below it, and a quarter of a vCPU cannot keep more than five busy.
   */
  databasePoolSize: number;
  /** Exact origins that browsers may call from. */
  corsOrigins: string[];
  jwt: { issuer: string; jwksUrl: string; secret: string | undefined };
  introspection: boolean;
  /** What requests in flight get before the process ends; below the container's stop timeout (30 s). */
  shutdownTimeoutMs: number;
}

/**
 * Reads the settings. Empty values count as absent.
 * @throws Error in Japanese that lists every missing or wrong name at once, and shows no value that may be secret.
 */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const connection = databaseUrl(given);
  if (connection) given.DATABASE_URL = connection;
  const parsed = shape.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = issue.path.join('.');
      return `  ${name}: ${given[name] === undefined ? (name === 'DATABASE_URL' ? '必要です（または DATABASE_HOST・DATABASE_USER・DATABASE_PASSWORD・DATABASE_NAME のすべて）' : '必要です（設定されていません）') : issue.message}`;
    });
    throw new Error(`環境変数を直してください。\n${lines.join('\n')}`);
  }
  const env = parsed.data;
  const production = env.NODE_ENV === 'production';
  const issuer = env.SUPABASE_JWT_ISSUER ?? `${env.SUPABASE_URL}/auth/v1`;
  return {
    production,
    logLevel: env.LOG_LEVEL,
    host: env.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    corsOrigins: env.CORS_ORIGIN,
    jwt: {
      issuer,
      jwksUrl: env.SUPABASE_JWKS_URL ?? `${env.SUPABASE_URL}/auth/v1/.well-known/jwks.json`,
      secret: env.SUPABASE_JWT_SECRET,
    },
    introspection: env.GRAPHQL_INTROSPECTION ?? !production,
    shutdownTimeoutMs: env.SHUTDOWN_TIMEOUT_MS,
  };
}
