import { expect, it } from 'vitest';
import { readEnv } from './env.ts';

const good = {
  DATABASE_URL: 'postgresql://bloguser:blogpassword@localhost:5432/blogdb',
  CORS_ORIGIN: 'http://localhost:3000',
  SUPABASE_URL: 'https://project.supabase.co/',
};

it('needs little and fills in the rest', () => {
  expect(readEnv(good)).toMatchObject({
    production: false,
    host: '127.0.0.1',
    port: 4000,
    databasePoolSize: 5,
    corsOrigins: ['http://localhost:3000'],
    introspection: true,
    jwt: {
      issuer: 'https://project.supabase.co/auth/v1',
      jwksUrl: 'https://project.supabase.co/auth/v1/.well-known/jwks.json',
      secret: undefined,
    },
  });
});

it('is strict in production', () => {
  expect(readEnv({ ...good, NODE_ENV: 'production' })).toMatchObject({ host: '0.0.0.0', introspection: false });
});

it('reads several origins, and takes an empty value for an absent one', () => {
  const env = readEnv({
    ...good,
    CORS_ORIGIN: 'https://a.example, https://b.example:8443',
    PORT: '',
    SUPABASE_JWT_SECRET: '',
  });
  expect(env.corsOrigins).toEqual(['https://a.example', 'https://b.example:8443']);
  expect(env.port).toBe(4000);
});

it('keeps the issuer apart from the address where told', () => {
  const { jwt } = readEnv({
    ...good,
    SUPABASE_URL: 'http://localhost:54322',
    SUPABASE_JWT_ISSUER: 'http://localhost:54321/auth/v1',
  });
  expect(jwt).toEqual({
    issuer: 'http://localhost:54321/auth/v1',
    jwksUrl: 'http://localhost:54322/auth/v1/.well-known/jwks.json',
    secret: undefined,
  });
});

it('names everything that is missing or wrong at once', () => {
  const message = failureOf({ PORT: 'http', CORS_ORIGIN: 'https://a.example/', GRAPHQL_INTROSPECTION: 'yes' });
  for (const expected of ['DATABASE_URL', 'SUPABASE_URL', 'PORT', 'CORS_ORIGIN', 'GRAPHQL_INTROSPECTION'])
    expect(message).toContain(expected);
  expect(message).toContain('「https://a.example/」はオリジンではありません');
});

it.each([
  ['CORS_ORIGIN', '*', 'オリジンではありません'],
  ['CORS_ORIGIN', 'blog.example.com', 'オリジンではありません'],
  ['PORT', '70000', '65535 以下'],
  ['SUPABASE_URL', 'project.supabase.co', 'http:// か https://'],
  ['SUPABASE_JWT_SECRET', 'short', '32 文字以上'],
  ['DATABASE_URL', 'mysql://a:b@c/d', 'postgresql:// で始めて'],
  ['DATABASE_URL', 'postgresql://user:p@ss/word#1@host:5432/db', '%40'],
  ['DATABASE_URL', 'postgresql://user:pw@host', 'データベース名を読み取れません'],
  ['DATABASE_URL', `${good.DATABASE_URL}?sslmode=prefer`, 'sslmode=prefer は使えません'],
])('refuses %s=%s with advice', (name, value, advice) => {
  const message = failureOf({ ...good, [name]: value });
  expect(message).toContain(name);
  expect(message).toContain(advice);
});

it('never shows a password or a secret', () => {
  const message = failureOf({
    ...good,
    DATABASE_URL: 'postgresql://user:s3cr3t#x@host/db?sslmode=prefer',
    SUPABASE_JWT_SECRET: 's3cr3t',
  });
  expect(message).not.toContain('s3cr3t');
});

function failureOf(env: Record<string, string>): string {
  try {
    readEnv(env);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('nothing was refused');
}
