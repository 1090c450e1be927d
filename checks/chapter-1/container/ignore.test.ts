import { expect, test } from 'vitest';
import { ofExample } from '../example-blog.ts';
import check from './ignore.ts';

test('passes after the move', async () => {
  expect(await ofExample(check)).toMatchObject({ status: 'pass' });
});

const FILE = 'packages/server/Dockerfile';

test('passes with a list of what is allowed, and with the Dockerfile’s own list', async () => {
  expect(await ofExample(check, { '.dockerignore': '*\n!packages\n' })).toMatchObject({ status: 'pass' });
  const own = { '.dockerignore': null, [`${FILE}.dockerignore`]: 'node_modules\n.env*\n' };
  expect(await ofExample(check, own)).toMatchObject({ status: 'pass' });
});

test.each<[string, Record<string, string | null>, string]>([
  ['no file', { '.dockerignore': null }, '.dockerignore がありません'],
  [
    'one beside the Dockerfile that the build never reads',
    { '.dockerignore': null, 'packages/server/.dockerignore': 'node_modules\n.env\n' },
    '.dockerignore がありません',
  ],
  ['.env left in', { '.dockerignore': 'node_modules\n' }, '.env がありません'],
  ['a comment in place of a rule', { '.dockerignore': '# node_modules\n.env\n' }, 'node_modules がありません'],
  ['.env brought back', { '.dockerignore': '*\n!app\n!**/.env\n' }, '「!**/.env」'],
])('fails with %s', async (_, changes, evidence) => {
  expect(await ofExample(check, changes)).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(evidence),
  });
});
