import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadProgress, saveProgress } from './progress.ts';
import { reportOf, result } from './report/sample.ts';

let local: string;
beforeEach(async () => {
  local = await mkdtemp(join(tmpdir(), 'progress-'));
});
afterEach(() => rm(local, { recursive: true }));

const ran = (status: 'pass' | 'fail', startedAt: string, mode: 'aws' | 'rehearsal' | 'local' | 'replay' = 'aws') =>
  saveProgress(local, reportOf([result('vpc', { status })], { startedAt, mode }));
const ID = 'chapter-2/network/vpc';

test('the first failure and the first pass stay, the last outcome changes', async () => {
  await ran('fail', '2026-11-23T01:00:00.000Z');
  await ran('pass', '2026-11-23T02:00:00.000Z');
  await ran('fail', '2026-11-23T03:00:00.000Z');
  expect((await loadProgress(local)).aws[ID]).toMatchObject({
    status: 'fail',
    at: '2026-11-23T03:00:00.000Z',
    firstFail: '2026-11-23T01:00:00.000Z',
    firstPass: '2026-11-23T02:00:00.000Z',
  });
});

test('the rehearsal counts apart, a replay not at all', async () => {
  await ran('pass', '2026-11-23T01:00:00.000Z', 'rehearsal');
  await ran('pass', '2026-11-23T01:00:00.000Z', 'replay');
  const { aws, rehearsal } = await loadProgress(local);
  expect([Object.keys(aws), Object.keys(rehearsal)]).toEqual([[], [ID]]);
});

test.each([
  ['nothing', ''],
  ['half a file', '{"version":1,"aws":{"chapter-2/net'],
  ['something else', '[1]'],
])('%s is an empty progress, and is written over', async (_name, text) => {
  await writeFile(join(local, 'progress.json'), text);
  expect(await loadProgress(local)).toEqual({ aws: {}, rehearsal: {} });
  await ran('pass', '2026-11-23T01:00:00.000Z');
  expect((await loadProgress(local)).aws[ID]?.status).toBe('pass');
});

test('a newer version’s file is left as it is', async () => {
  const newer = '{"version":2,"learned":"more"}';
  await writeFile(join(local, 'progress.json'), newer);
  await ran('pass', '2026-11-23T01:00:00.000Z');
  expect(await readFile(join(local, 'progress.json'), 'utf8')).toBe(newer);
});
