import { expect, test } from 'vitest';
import { ofExample } from '../example-blog.ts';
import check from './command.ts';

test('passes after the move', async () => {
  expect(await ofExample(check)).toMatchObject({ status: 'pass' });
});

const FILE = 'packages/server/Dockerfile';

test('passes with an ENTRYPOINT of the same form', async () => {
  const entry = 'FROM a:1.0 AS build\nFROM b:1.0\nENTRYPOINT ["node", "main.js"]\n';
  expect(await ofExample(check, { [FILE]: entry })).toMatchObject({ status: 'pass' });
});

test.each<[string, Record<string, string | null>, string]>([
  ['no command', { [FILE]: 'FROM a:1.0 AS build\nCMD ["node"]\nFROM b:1.0\n' }, 'CMD がありません'],
  [
    'a shell',
    { [FILE]: 'FROM a:1.0 AS build\nFROM b:1.0\nCMD node main.js\n' },
    'Dockerfile:3 の「node main.js」は、シェルを通して',
  ],
  ['a script runner', { [FILE]: 'FROM a:1.0 AS build\nFROM b:1.0\nCMD ["pnpm", "start"]\n' }, 'node ではないもの'],
])('fails with %s', async (_, changes, evidence) => {
  expect(await ofExample(check, changes)).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(evidence),
  });
});
