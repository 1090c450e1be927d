import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { discover } from '../discover.ts';
import { root } from '../paths.ts';
import { book as small } from '../report/sample.ts';
import { classOf } from './class.ts';
import { classCsv } from './csv.ts';
import { gather } from './gather.ts';
import { classHtml } from './html.ts';
import { parseProgressFile } from './progress-file.ts';
import { handedIn, put } from './sample.ts';
import { classTerminal } from './terminal.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'class-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('who is where, who is stuck longest, what fails most, who has left what running', async () => {
  await put(folder, handedIn(small, '青木', { passed: 5, hours: 2 }));
  await put(join(folder, 'group-b'), handedIn(small, '馬場', { passed: 1, hours: 9, usd: 0.067, cdk: true }));
  await put(folder, handedIn(small, '千葉', { passed: 1, hours: 3 }));
  const group = classOf(small, await gather([folder]), 'aws');
  expect(group.learners.map(({ name }) => name)).toEqual(
    ['青木', '千葉', '馬場'].toSorted((a, b) => a.localeCompare(b, 'ja')),
  );
  const baba = group.learners.find(({ name }) => name === '馬場');
  expect(baba?.steps['chapter-2/network']).toMatchObject({ state: 'doing', passed: 1, checks: 5, origins: ['cdk'] });
  expect(group.learners.find(({ name }) => name === '青木')?.steps['chapter-2/network']).toMatchObject({
    state: 'done',
    spent: 2 * 3_600_000,
    origins: ['console'],
  });
  expect(baba?.stuck).toMatchObject({ step: 'chapter-2/network', hours: 9 });
  // Ids differ; two have the same failure.
  expect(group.failures[0]).toMatchObject({
    check: 'chapter-2/network/subnets',
    learners: expect.arrayContaining(['千葉', '馬場']),
  });
  expect(group.failures[0]?.learners).toHaveLength(2);
  expect(group.usdPerHour).toBeCloseTo(0.067);

  const text = classTerminal(group, 80);
  expect(text.indexOf('・馬場')).toBeLessThan(text.indexOf('・千葉'));
  expect(text).toContain('NAT ゲートウェイ（1時間あたり約$0.0670');
  const page = classHtml(group);
  expect(page).toMatch(
    /<th scope="row">馬場<\/th><td class="doing"><span aria-hidden="true">~<\/span> 1\/5（CDK）<\/td>/,
  );
  expect(page).not.toMatch(/<script|src=|url\(/);
});

test('broken, foreign, newer, tampered and duplicate files are listed, and the others still count', async () => {
  const good = await put(folder, handedIn(small, '青木', { passed: 3 }));
  const text = await readFile(good, 'utf8');
  await writeFile(join(folder, 'cut.json'), text.slice(0, 300));
  await writeFile(join(folder, 'foreign.json'), '{"name":"package"}');
  await writeFile(join(folder, 'newer.json'), text.replace('"version": 1', '"version": 2'));
  await writeFile(join(folder, 'tampered.json'), text.replaceAll('"fail"', '"pass"'));
  await put(folder, { ...handedIn(small, '青木', { passed: 1 }), exportedAt: '2026-11-22T00:00:00.000Z' }, 'old');
  const missing = join(folder, 'nobody.json');
  const { handedIn: counted, rejected } = await gather([folder, missing, good]);
  expect(counted.map(({ file }) => file)).toEqual([good]);
  const why = Object.fromEntries(rejected.map((one) => [one.file.slice(folder.length + 1), one.why]));
  expect(why).toEqual({
    'cut.json': 'broken',
    'foreign.json': 'foreign',
    'newer.json': 'version',
    'tampered.json': 'tampered',
    'old.json': 'duplicate',
    'nobody.json': 'unreadable',
  });
});

test('a file that an editor has only formatted anew still counts', async () => {
  const file = await put(folder, handedIn(small, '青木', { passed: 2 }));
  const { digest, ...rest } = JSON.parse(await readFile(file, 'utf8'));
  expect(parseProgressFile(JSON.stringify({ digest, ...rest }))).toMatchObject({ learner: '青木' });
  expect(parseProgressFile(JSON.stringify({ ...rest, digest: 'x' }))).toBe('tampered');
});

test('names and what was seen are text in every form, and never a formula', async () => {
  const evil = handedIn(small, '=HYPERLINK("x")<b>', { passed: 0 });
  await put(folder, evil, 'evil');
  const group = classOf(small, await gather([folder]), 'aws');
  expect(classHtml(group)).not.toContain('<b>');
  expect(classCsv(group)).toContain(`"'=HYPERLINK(""x"")<b>"`);
});

test('three hundred learners of the whole book are read and shown in two seconds', async () => {
  const book = await discover(join(root, 'checks'), join(root, 'chapters'));
  const all = book.chapters.flatMap(({ steps }) => steps.flatMap(({ checks }) => checks)).length;
  for (let n = 0; n < 300; n += 1) {
    await put(
      folder,
      handedIn(book, `学習者${n}`, { passed: (n * 7) % all, hours: n % 15, usd: n % 3 === 0 ? 0.2 : 0 }),
    );
  }
  const began = process.cpuUsage();
  const group = classOf(book, await gather([folder]), 'aws');
  const [text, page, csv] = [classTerminal(group, 120), classHtml(group), classCsv(group)];
  // The processor's own time: what other programs do at the same time isn't ours.
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1000).toBeLessThan(2000);
  expect(group.learners).toHaveLength(300);
  for (const form of [text, page, csv]) expect(form).toContain('学習者299');
});
