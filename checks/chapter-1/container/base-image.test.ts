import { expect, test } from 'vitest';
import { ofExample } from '../example-blog.ts';
import check from './base-image.ts';

test('passes after the move', async () => {
  expect(await ofExample(check)).toMatchObject({ status: 'pass' });
});

const FILE = 'packages/server/Dockerfile';

test('passes with a digest, and with a stage that goes on from another', async () => {
  const digest = `FROM node@sha256:${'0'.repeat(64)} AS build\nFROM build\n`;
  expect(await ofExample(check, { [FILE]: digest })).toMatchObject({ status: 'pass' });
});

test.each<[string, Record<string, string | null>, string]>([
  ['latest', { [FILE]: 'FROM node:latest AS build\nFROM node:24.21.0\n' }, 'Dockerfile:1 の node:latest'],
  ['no tag', { [FILE]: 'FROM node AS build\nFROM build\n' }, 'Dockerfile:1 の node は'],
  [
    'a major version alone',
    { [FILE]: 'FROM node:24.21.0 AS build\nFROM node:24-alpine\n' },
    'Dockerfile:2 の node:24-alpine',
  ],
])('fails with %s', async (_, changes, evidence) => {
  expect(await ofExample(check, changes)).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(evidence),
  });
});
