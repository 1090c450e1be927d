import { expect, test } from 'vitest';
import { ofExample } from '../example-blog.ts';
import check from './port.ts';

test('passes after the move', async () => {
  expect(await ofExample(check)).toMatchObject({ status: 'pass' });
});

const FILE = 'packages/server/Dockerfile';

test.each<[string, Record<string, string | null>, string]>([
  ['no EXPOSE', { [FILE]: 'FROM a:1.0 AS build\nEXPOSE 4000\nFROM b:1.0\n' }, 'EXPOSE がありません'],
  ['another port', { [FILE]: 'FROM a:1.0 AS build\nFROM b:1.0\nEXPOSE 3000\n' }, 'Dockerfile:3 は EXPOSE 3000'],
])('fails with %s', async (_, changes, evidence) => {
  expect(await ofExample(check, changes)).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(evidence),
  });
});
