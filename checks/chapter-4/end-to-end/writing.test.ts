import { expect, test } from 'vitest';
import type { Stage } from '../../ports/journey.ts';
import check from './writing.ts';

const judge = (...stages: Stage[]) =>
  check.judge({ stages, calls: [{ url: 'https://a/graphql', status: 401 }], errors: [], leftOver: null });

test('written and found passes', () => {
  expect(judge({ name: 'write', ok: true, said: '' }, { name: 'on-top', ok: true, said: '' }).status).toBe('pass');
});

test('not written, and written but not found, are told apart', () => {
  expect(judge({ name: 'write', ok: false, said: 'もう一度ログインしてください' }).evidence).toMatch(
    /公開できません.*もう一度.*HTTP 401/,
  );
  expect(judge({ name: 'write', ok: true, said: '' }, { name: 'on-top', ok: false, said: '' }).evidence).toContain(
    '一覧に出ません',
  );
});
