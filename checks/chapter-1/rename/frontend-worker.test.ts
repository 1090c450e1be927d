import { expect, test } from 'vitest';
import { BEFORE, of, ofExample } from '../example-blog.ts';
import check from './frontend-worker.ts';

test('passes after the move, comments and trailing commas or not', async () => {
  expect(await ofExample(check)).toMatchObject({ status: 'pass' });
});

test('names the file and the line of the old name', async () => {
  expect(await of(check, BEFORE)).toMatchObject({
    status: 'fail',
    evidence: 'packages/frontend/wrangler.toml:1 の name が apollo-cloudflare-frontend です。',
  });
});

test('fails without a wrangler configuration', async () => {
  expect(await ofExample(check, { 'packages/frontend/wrangler.jsonc': null })).toMatchObject({
    status: 'fail',
    evidence: 'packages/frontend に wrangler の設定がありません。',
  });
});
