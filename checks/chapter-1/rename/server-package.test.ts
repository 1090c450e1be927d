import { expect, test } from 'vitest';
import { BEFORE, of, ofExample } from '../example-blog.ts';
import check from './server-package.ts';

test('passes after the move', async () => {
  expect(await ofExample(check)).toMatchObject({ status: 'pass' });
});

test('names the file and the line of the old name', async () => {
  expect(await of(check, BEFORE)).toMatchObject({
    status: 'fail',
    evidence: 'packages/backend/package.json:2 の name が @apollo-cloudflare-react/backend です。',
  });
});

test('names a missing name, and a file that is no JSON', async () => {
  const without = await ofExample(check, {
    'packages/server/package.json': '{ "dependencies": { "@apollo/server": "5", "react": "19" } }',
  });
  expect(without).toMatchObject({ status: 'fail', evidence: 'packages/server/package.json:1 に name がありません。' });
  expect(await ofExample(check, { 'packages/server/package.json': '{' })).toMatchObject({ status: 'fail' });
});
