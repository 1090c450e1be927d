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
  ['half a file', '{"version":1,"aws":{"chapter-2/net'],
  ['something else', '[1]'],
])('%s is an empty progress, kept under another name and told of', async (_name, text) => {
  await writeFile(join(local, 'progress.json'), text);
  expect(await loadProgress(local)).toEqual({ aws: {}, rehearsal: {} });
  expect(await ran('pass', '2026-11-23T01:00:00.000Z')).toContain('progress.broken.json に取っておき');
  expect((await loadProgress(local)).aws[ID]?.status).toBe('pass');
  expect(await readFile(join(local, 'progress.broken.json'), 'utf8')).toBe(text);
});

test('an empty file is a progress that has not begun', async () => {
  await writeFile(join(local, 'progress.json'), '');
  expect(await ran('pass', '2026-11-23T01:00:00.000Z')).toBeNull();
  expect((await loadProgress(local)).aws[ID]?.status).toBe('pass');
});

test('runs that end at the same moment are all remembered', async () => {
  const ids = Array.from({ length: 12 }, (_, n) => `check-${n}`);
  await Promise.all(ids.map((id) => saveProgress(local, reportOf([result(id, {})]))));
  expect(Object.keys((await loadProgress(local)).aws)).toHaveLength(12);
});

test('a newer version’s file is left as it is', async () => {
  const newer = '{"version":2,"learned":"more"}';
  await writeFile(join(local, 'progress.json'), newer);
  expect(await ran('pass', '2026-11-23T01:00:00.000Z')).toContain('新しい版');
  expect(await readFile(join(local, 'progress.json'), 'utf8')).toBe(newer);
});
