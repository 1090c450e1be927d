import { expect, test } from 'vitest';
import { ofExample } from '../example-blog.ts';
import check from './secrets.ts';

test('passes after the move', async () => {
  expect(await ofExample(check)).toMatchObject({ status: 'pass' });
});

const FILE = 'packages/server/Dockerfile';

test('never shows the value', async () => {
  const { evidence } = await ofExample(check, { [FILE]: 'FROM a:1.0\nENV DATABASE_URL=postgresql://u:canary@h/d\n' });
  expect(evidence).not.toContain('canary');
});

test('passes with settings that are no secrets', async () => {
  const fine = 'FROM a:1.0\nENV NODE_ENV=production PORT=4000\nCOPY .env.example ./\n';
  expect(await ofExample(check, { [FILE]: fine })).toMatchObject({ status: 'pass' });
});

test.each<[string, Record<string, string | null>, string]>([
  [
    'a password in ENV',
    { [FILE]: 'FROM a:1.0\nENV DATABASE_URL=postgresql://u:canary@h/d\n' },
    'Dockerfile:2（DATABASE_URL）',
  ],
  ['a token in ARG', { [FILE]: 'FROM a:1.0\nARG NPM_TOKEN\n' }, 'Dockerfile:2（NPM_TOKEN）'],
  ['.env copied', { [FILE]: 'FROM a:1.0\nCOPY .env ./\n' }, 'Dockerfile:2'],
])('fails with %s', async (_, changes, evidence) => {
  expect(await ofExample(check, changes)).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(evidence),
  });
});
