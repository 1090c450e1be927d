import { expect, test } from 'vitest';
import { BEFORE, of, ofExample } from '../example-blog.ts';
import check from './d1.ts';

test('passes without a D1 database', async () => {
  expect(await ofExample(check)).toMatchObject({ status: 'pass' });
});

test('names where D1 is still bound', async () => {
  expect(await of(check, BEFORE)).toMatchObject({
    status: 'fail',
    evidence: 'packages/backend/wrangler.toml:10 が D1 の apollo-cloudflare-db を使っています。',
  });
});

test('sees one that only an environment binds', async () => {
  const bound = '[[env.production.d1_databases]]\nbinding = "DB"\ndatabase_name = "other"\n';
  expect(await ofExample(check, { 'packages/server/wrangler.toml': bound })).toMatchObject({ status: 'fail' });
});
