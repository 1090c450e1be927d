import { expect, test } from 'vitest';
import { BEFORE, of, ofExample } from '../example-blog.ts';
import check from './server-worker.ts';

test('passes where the server has no Worker any more', async () => {
  expect(await ofExample(check)).toMatchObject({ status: 'pass' });
});

test('passes with the new name, and advises to delete it in the end', async () => {
  const renamed = { 'packages/server/wrangler.toml': 'name = "blog-aws-practice-api"\n' };
  expect(await ofExample(check, renamed)).toMatchObject({ status: 'pass', advice: expect.stringContaining('削除') });
});

test('names the file and the line of the old name', async () => {
  expect(await of(check, BEFORE)).toMatchObject({
    status: 'fail',
    evidence: 'packages/backend/wrangler.toml:1 の name が apollo-cloudflare-api です。',
  });
});
