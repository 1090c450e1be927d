import { expect, test } from 'vitest';
import { ofExample } from '../example-blog.ts';
import check from './user.ts';

test('passes after the move', async () => {
  expect(await ofExample(check)).toMatchObject({ status: 'pass' });
});

const FILE = 'packages/server/Dockerfile';

test.each<[string, Record<string, string | null>, string]>([
  [
    'no USER',
    { [FILE]: 'FROM node:24.21.0 AS build\nUSER node\nFROM node:24.21.0\nCMD ["node"]\n' },
    '最後の段に USER がない',
  ],
  ['root', { [FILE]: 'FROM a:1.0 AS build\nFROM b:1.0\nUSER root\n' }, 'Dockerfile:3 の USER が root'],
  [
    'root by number',
    { [FILE]: 'FROM a:1.0 AS build\nFROM b:1.0\nUSER node\nUSER 0:0\n' },
    'Dockerfile:4 の USER が 0:0',
  ],
])('fails with %s', async (_, changes, evidence) => {
  expect(await ofExample(check, changes)).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(evidence),
  });
});
