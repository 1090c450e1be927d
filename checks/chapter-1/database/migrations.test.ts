import { expect, test } from 'vitest';
import { BEFORE, of, ofExample } from '../example-blog.ts';
import check from './migrations.ts';

const init = 'packages/server/prisma/migrations/1_init/migration.sql';

test('passes where they apply to an empty PostgreSQL', { timeout: 120_000 }, async () => {
  expect(await ofExample(check)).toMatchObject({ status: 'pass', evidence: expect.stringContaining('1 件') });
});

test('says why SQLite’s own SQL does not apply', { timeout: 120_000 }, async () => {
  const sqlite = 'CREATE TABLE "Tag" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "name" TEXT NOT NULL);';
  expect(await ofExample(check, { [init]: sqlite })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('AUTOINCREMENT'),
  });
});

test('fails without any, and before the move', { timeout: 120_000 }, async () => {
  expect(await ofExample(check, { [init]: null })).toMatchObject({ status: 'fail' });
  expect(await of(check, BEFORE)).toMatchObject({ status: 'fail' });
});

test('takes a semicolon in a comment and in a function', { timeout: 120_000 }, async () => {
  const sql = `-- first; then
CREATE TABLE "Tag" ("id" SERIAL PRIMARY KEY, "name" TEXT NOT NULL);
CREATE FUNCTION one() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
`;
  expect(await ofExample(check, { [init]: sql })).toMatchObject({ status: 'pass' });
});
