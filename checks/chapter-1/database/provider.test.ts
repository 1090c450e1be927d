import { expect, test } from 'vitest';
import { BEFORE, of, ofExample } from '../example-blog.ts';
import check from './provider.ts';

test('passes with PostgreSQL', async () => {
  expect(await ofExample(check)).toMatchObject({ status: 'pass' });
});

test('names the line that still says SQLite', async () => {
  expect(await of(check, BEFORE)).toMatchObject({
    status: 'fail',
    evidence: 'packages/backend/prisma/schema.prisma:8 の provider が sqlite です。',
  });
});

test('does not take the generator’s provider for the database’s', async () => {
  const schema = 'generator client {\n  provider = "postgresql"\n}\n';
  expect(await ofExample(check, { 'packages/server/prisma/schema.prisma': schema })).toMatchObject({ status: 'fail' });
});
