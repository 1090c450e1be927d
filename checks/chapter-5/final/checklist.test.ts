import { join } from 'node:path';
import { expect, test } from 'vitest';
import { discover } from '../../discover.ts';
import { root } from '../../paths.ts';
import check from './checklist.ts';

const items = await check.read({} as never);

test('every item is proven by a check that exists', async () => {
  const book = await discover(join(root, 'checks'), join(root, 'chapters'));
  const known = book.chapters.flatMap(({ steps }) => steps.flatMap(({ checks }) => checks));
  // The plan has 32; the sign-in and the errors are the workbook's own.
  expect(items.length).toBe(34);
  expect(items.map(({ id }) => id).filter((id) => !known.includes(id))).toEqual([]);
  expect(check.needs).toEqual([...new Set(items.map(({ id }) => id))]);
});

test('each line is ticked with what was seen', () => {
  const judgement = check.judge(
    items,
    items.map(({ id }) => ({ id, evidence: `${id} を見ました` })),
  );
  expect(judgement).toMatchObject({ status: 'pass', evidence: `${items.length}項目のすべてに証拠があります。` });
  expect(judgement.advice?.split('\n')).toHaveLength(items.length);
  expect(judgement.advice).toContain('[x] フェーズ2: VPC とサブネットの作成 — chapter-2/network/subnets を見ました');
});

test('an item without a proof stays open', () => {
  expect(check.judge(items, [])).toMatchObject({ status: 'fail', advice: expect.stringContaining('[ ] ') });
});
