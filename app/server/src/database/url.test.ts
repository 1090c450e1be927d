import { expect, test } from 'vitest';
import { connectionConfig } from './connection.ts';
import { databaseUrl } from './url.ts';

const parts = {
  DATABASE_HOST: 'db.example',
  DATABASE_USER: 'bloguser',
  DATABASE_PASSWORD: 'p@ss/w#rd: %',
  DATABASE_NAME: 'blogdb',
};

test('the parts of a secret need no escaping, and TLS is asked for', () => {
  expect(connectionConfig(databaseUrl(parts) ?? '')).toMatchObject({
    host: 'db.example',
    port: 5432,
    user: 'bloguser',
    password: 'p@ss/w#rd: %',
    database: 'blogdb',
    ssl: { secureContext: expect.any(Object) },
  });
});

test('port and TLS can be told', () => {
  const url = databaseUrl({ ...parts, DATABASE_PORT: '6432', DATABASE_SSLMODE: 'disable' });
  expect(connectionConfig(url ?? '')).toMatchObject({ port: 6432 });
  expect(connectionConfig(url ?? '')).not.toHaveProperty('ssl');
});

test('a whole URL goes before the parts', () => {
  expect(databaseUrl({ ...parts, DATABASE_URL: 'postgresql://whole' })).toBe('postgresql://whole');
});

test.each(['DATABASE_HOST', 'DATABASE_USER', 'DATABASE_PASSWORD', 'DATABASE_NAME'])(
  'without %s there is none',
  (name) => {
    expect(databaseUrl({ ...parts, [name]: '' })).toBeUndefined();
  },
);
