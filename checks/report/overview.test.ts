import { expect, test } from 'vitest';
import type { Progress, Seen } from '../progress.ts';
import { overview } from './overview.ts';
import { book } from './sample.ts';

const about = { columns: 80, color: false, pnpm: 'pnpm', rehearsal: false };
const seen = (status: Seen['status']): Seen => ({ status, at: '', firstFail: null, firstPass: null });
const network = book.chapters[0]?.steps[0]?.checks ?? [];
const all = (status: Seen['status'], ids: string[]) => Object.fromEntries(ids.map((id) => [id, seen(status)]));
const none: Progress = { aws: {}, rehearsal: {} };

test('at the start the first step is the next', () => {
  const text = overview(book, none, about);
  expect(text).toMatch(/· 1\. ネットワーク +これから/);
  expect(text.replaceAll('\n', '')).toContain(
    '次にすること: 第2章 AWS インフラ の「1. ネットワーク」（chapters/chapter-2/01-network.md）',
  );
  expect(text).toContain('\n  pnpm check chapter-2 network\n');
});

test('a step that once passed and now fails is the next again', () => {
  const aws = { ...all('pass', network), [network[0] ?? '']: seen('fail') };
  const text = overview(book, { aws, rehearsal: {} }, about);
  expect(text).toContain('途中（5 件のうち 4 件が合格）');
  expect(text).toContain('pnpm check chapter-2 network');
});

test('what was done in the rehearsal counts there only, and is pointed at', () => {
  const progress = { aws: {}, rehearsal: all('pass', network) };
  expect(overview(book, progress, about)).toContain('リハーサルでの進み具合: pnpm check --rehearsal');
  const rehearsal = overview(book, progress, { ...about, rehearsal: true });
  expect(rehearsal).toMatch(/✓ 1\. ネットワーク +合格（5 件）/);
  expect(rehearsal).toContain('pnpm check chapter-2 database --rehearsal');
});

test('when everything passes, cleaning up is next', () => {
  const ids = book.chapters.flatMap(({ steps }) => steps.flatMap(({ checks }) => checks));
  expect(overview(book, { aws: all('pass', ids), rehearsal: {} }, about)).toContain('pnpm cleanup');
});

test('a step that is done says how long it took, from its first failure on', () => {
  const one = { ...seen('pass'), firstFail: '2026-11-23T01:00:00.000Z', firstPass: '2026-11-23T02:20:00.000Z' };
  const aws = Object.fromEntries(network.map((id) => [id, one]));
  expect(overview(book, { aws, rehearsal: {} }, about)).toMatch(/✓ 1\. ネットワーク +合格（5 件・1時間20分）/);
});
